package quartermaster.http.guard;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import quartermaster.access.Role;
import quartermaster.json.ProblemDocument;
import quartermaster.unit.Choice;
import quartermaster.unit.Problem;
import quartermaster.workspace.WorkspaceRefusal;

/** A request that is not carried out, with what its sender is told. */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;
    public static final int BAD_REQUEST = 400;
    public static final int UNAUTHORIZED = 401;
    public static final int FORBIDDEN = 403;
    public static final int NOT_FOUND = 404;
    public static final int REQUEST_TIMEOUT = 408;
    public static final int CONFLICT = 409;
    static final int PRECONDITION_FAILED = 412;
    static final int PRECONDITION_REQUIRED = 428;
    public static final int TOO_LARGE = 413;
    public static final int UNSUPPORTED_TYPE = 415;
    public static final int MISDIRECTED = 421;
    public static final int UNPROCESSABLE = 422;
    static final int CLIENT_GONE = 499; // nobody reads it; logs and metrics do
    public static final int UNAVAILABLE = 503;
    static final int OVERDUE = 504;
    static final int INSUFFICIENT_STORAGE = 507;
    public static final int RETRY_AFTER_SECONDS = 30;

    private final transient ProblemDocument document;
    private final int retryAfterSeconds;

    public Refusal(ProblemDocument document) {
        this(document, RETRY_AFTER_SECONDS);
    }

    private Refusal(ProblemDocument document, int retryAfterSeconds) {
        super(document.detail());
        this.document = document;
        this.retryAfterSeconds = retryAfterSeconds;
    }

    /** When it may go better, for {@code Retry-After}. */
    public int retryAfterSeconds() {
        return retryAfterSeconds;
    }

    public ProblemDocument document() {
        return document;
    }

    public static Refusal of(WorkspaceRefusal refused) {
        String detail = String.valueOf(refused.getMessage());
        return switch (refused.reason()) {
            case INVALID -> invalid(refused.problems());
            case NOT_READY -> new Refusal(ProblemDocument.of(UNAVAILABLE, "not-ready", "Not ready", detail));
            case UNKNOWN_VERSION ->
                new Refusal(ProblemDocument.of(NOT_FOUND, "unknown-version", "Unknown version", detail));
            case OTHER_VERSION ->
                new Refusal(ProblemDocument.of(PRECONDITION_FAILED, "other-version", "Changed meanwhile", detail));
            case EDITED_MEANWHILE ->
                new Refusal(ProblemDocument.of(CONFLICT, "edited-meanwhile", "Edited meanwhile", detail));
        };
    }

    public static Refusal invalid(List<Problem> problems) {
        return new Refusal(ProblemDocument.invalid(problems));
    }

    /** @param name of a parameter in the address */
    public static Refusal invalidParameter(String name, String found, String expected) {
        String detail = "Found ?" + name + "=" + found + "; expected " + expected + ".";
        return new Refusal(ProblemDocument.of(UNPROCESSABLE, "invalid-parameter", "Invalid parameter", detail));
    }

    static Refusal foreignHost(String host) {
        String detail = "Found Host " + host + "; expected localhost, 127.0.0.1 or [::1]."
                + "\nMaybe the service is reached by another name: start it with --allowed-host NAME.";
        return new Refusal(ProblemDocument.of(MISDIRECTED, "foreign-host", "Not a name of this service", detail));
    }

    /** @param found the header that names another page */
    static Refusal foreignOrigin(String found) {
        String detail = "Found " + found + "; nothing is done for pages of others."
                + " Use the service's own page, or a program that sends no Origin."
                + "\nMaybe a proxy stands between: let it pass on Host, and start the service with --allowed-host NAME.";
        return new Refusal(ProblemDocument.of(FORBIDDEN, "foreign-origin", "Sent by another page", detail));
    }

    static Refusal noKey() {
        String detail = "Found no key; expected the header Authorization: Bearer KEY.";
        return new Refusal(ProblemDocument.of(UNAUTHORIZED, "no-key", "Key missing", detail));
    }

    static Refusal unknownKey() {
        String detail = "Found a key that is not known here; expected the header Authorization: Bearer KEY.";
        return new Refusal(ProblemDocument.of(UNAUTHORIZED, "unknown-key", "Key not known", detail));
    }

    static Refusal notAllowed(String name, Role needed) {
        String detail = "The key of " + name + " has not the role " + Choice.id(needed) + ", which this needs.";
        return new Refusal(ProblemDocument.of(FORBIDDEN, "not-allowed", "Not allowed", detail));
    }

    public static Refusal tooLarge(long mostBytes) {
        String detail = "The body is larger than " + mostBytes + " bytes.";
        return new Refusal(ProblemDocument.of(TOO_LARGE, "too-large", "Too large", detail));
    }

    static Refusal slowBody(int bytesPerSecond) {
        String detail = "The body came too slowly; expected " + bytesPerSecond
                + " bytes a second at least, without long" + " pauses.";
        return new Refusal(ProblemDocument.of(REQUEST_TIMEOUT, "slow-body", "Body too slow", detail));
    }

    public static Refusal unsupportedType(String detail) {
        return new Refusal(
                ProblemDocument.of(UNSUPPORTED_TYPE, "unsupported-type", "Content type not supported", detail));
    }

    public static Refusal badMultipart() {
        String detail = "The multipart body cannot be read.\nMaybe its boundary differs from the one in Content-Type.";
        return new Refusal(ProblemDocument.of(BAD_REQUEST, "bad-multipart", "Not multipart", detail));
    }

    public static Refusal badMessage(String detail) {
        return new Refusal(ProblemDocument.of(BAD_REQUEST, "bad-message", "Not a message", detail));
    }

    public static Refusal missingFile() {
        String detail = "The form has no part named file; expected the workbook there.";
        return new Refusal(ProblemDocument.of(UNPROCESSABLE, "missing-file", "No workbook", detail));
    }

    /** @param names of which one is needed */
    public static Refusal missingParts(Collection<String> names) {
        String detail = "The form has no part named " + String.join(" or ", names) + "; expected the draft there.";
        return new Refusal(ProblemDocument.of(UNPROCESSABLE, "missing-file", "No workbook", detail));
    }

    public static Refusal busy() {
        String detail = "Too many workbooks or sweeps are being worked on at the moment; send it again in a minute.";
        return new Refusal(ProblemDocument.of(UNAVAILABLE, "busy", "Busy", detail));
    }

    public static Refusal overloaded(int retryAfterSeconds) {
        String detail = "Too much is asked at the moment; send it again in " + retryAfterSeconds + " s.";
        return new Refusal(ProblemDocument.of(UNAVAILABLE, "overloaded", "Overloaded", detail), retryAfterSeconds);
    }

    public static Refusal overdue(Duration deadline) {
        String detail =
                "It was not done after " + deadline.toSeconds() + " s and has been ended. Ask for less at a time:"
                        + " fewer requests, fewer candidates, or \"explain\": \"none\".";
        return new Refusal(ProblemDocument.of(OVERDUE, "overdue", "Took too long", detail));
    }

    public static Refusal gone() {
        return new Refusal(ProblemDocument.of(CLIENT_GONE, "client-gone", "Client gone", "Nobody waits for it."));
    }

    public static Refusal unknownDecision(String id) {
        String detail = "No decision " + id + " is kept.";
        return new Refusal(ProblemDocument.of(NOT_FOUND, "unknown-decision", "Unknown decision", detail));
    }

    public static Refusal unknownJob(String id) {
        String detail = "There is no job " + id + "; results are kept for an hour.";
        return new Refusal(ProblemDocument.of(NOT_FOUND, "unknown-job", "Unknown job", detail));
    }

    public static Refusal notDone(String id, Enum<?> state) {
        String detail = "The job " + id + " is " + Choice.id(state) + "; GET /jobs/" + id + " says how far it is.";
        return new Refusal(ProblemDocument.of(CONFLICT, "not-done", "Not done", detail));
    }

    public static Refusal tooMuchForMemory() {
        String detail = "The workbook needs more memory than there is. Send fewer rows.";
        return new Refusal(ProblemDocument.of(TOO_LARGE, "too-large", "Workbook too large", detail));
    }

    public static Refusal missingVersion() {
        String detail = "Expected the header If-Match with the version that was edited, as ETag gave it.";
        return new Refusal(ProblemDocument.of(PRECONDITION_REQUIRED, "missing-if-match", "Version not named", detail));
    }

    public static Refusal weakVersion(String found) {
        String detail = "Found If-Match " + found
                + "; a weak tag (W/) names no version to the letter, as RFC 9110 wants it here."
                + " Expected the ETag as it was given. Maybe a proxy on the way compresses, and weakens it.";
        return new Refusal(
                ProblemDocument.of(PRECONDITION_FAILED, "weak-version", "Version not named exactly", detail));
    }

    public static Refusal badRepeat(String detail) {
        return new Refusal(ProblemDocument.of(BAD_REQUEST, "bad-idempotency-key", "Not a key", detail));
    }

    public static Refusal otherRequest() {
        String detail = "This Idempotency-Key belongs to another request: its body, query or Accept differs."
                + " Expected the same request, or a new key.";
        return new Refusal(ProblemDocument.of(UNPROCESSABLE, "idempotency-key-reused", "Key used before", detail));
    }

    public static Refusal inProgress() {
        String detail = "The first request with this Idempotency-Key is not answered yet; send it again in a moment.";
        return new Refusal(ProblemDocument.of(CONFLICT, "in-progress", "Still in progress", detail), 1);
    }

    public static Refusal answerNotKept(int mostBytes) {
        String detail = "The first request with this Idempotency-Key was answered, with more than the " + mostBytes
                + " bytes that are kept. What was decided stands under GET /decisions.";
        return new Refusal(ProblemDocument.of(CONFLICT, "answer-not-kept", "Answer not kept", detail));
    }

    public static Refusal diskFull() {
        String detail = "The disk of the service is full; nothing was changed.";
        return new Refusal(ProblemDocument.of(INSUFFICIENT_STORAGE, "disk-full", "Disk full", detail));
    }

    public static Refusal noTemporaryFolder(String folder) {
        String detail = "The folder for uploads, " + folder + ", is gone and cannot be made again;"
                + " send the workbook as the body itself, which needs none.";
        return new Refusal(ProblemDocument.of(UNAVAILABLE, "no-temporary-folder", "No temporary folder", detail));
    }

    /** @param detail for what, and how it is given */
    public static Refusal missingReason(String detail) {
        return new Refusal(ProblemDocument.of(UNPROCESSABLE, "missing-reason", "Reason missing", detail));
    }

    public static Refusal tooManyGiven(int found, int most) {
        String detail = "Found " + found + " requests to be answered both ways; expected at most " + most + ".";
        return new Refusal(ProblemDocument.of(UNPROCESSABLE, "too-much-work", "Too many requests", detail));
    }

    public static Refusal unknownApproval(String id) {
        String detail = "Nothing of the name " + id + " waits for a second person; what is asked is kept for a day.";
        return new Refusal(ProblemDocument.of(NOT_FOUND, "unknown-approval", "Unknown approval", detail));
    }

    public static Refusal samePerson(String name) {
        String detail = name + " asked for it, and cannot agree to it too; expected the key of somebody else.";
        return new Refusal(ProblemDocument.of(FORBIDDEN, "same-person", "The same person", detail));
    }

    public static Refusal tooManyApprovals() {
        String detail = "Too much waits for a second person already; GET /approvals lists it.";
        return new Refusal(ProblemDocument.of(CONFLICT, "too-many-approvals", "Too much waits", detail));
    }

    public static Refusal noLedger() {
        String detail = "The ledger of decisions, versions and jobs cannot be used at present; GET /status says why.";
        return new Refusal(ProblemDocument.of(UNAVAILABLE, "no-ledger", "Ledger not usable", detail));
    }
}
