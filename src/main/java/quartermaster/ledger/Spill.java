package quartermaster.ledger;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What could not be written into the ledger and waits for better times, in a file beside it: {@code waiting-1}, or where
 * another process has that, the next. It never becomes larger than it may, and can take its room beforehand, because the
 * disk that is full for the ledger is full for it as well. Entries are written as they come, each with its length and a
 * checksum; what a crash has cut off is left out.
 */
final class Spill implements AutoCloseable {
    static final long MOST_BYTES = 64L << 20;
    static final int RESERVED_BYTES = 4 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(Spill.class);
    private static final int MOST_FILES = 9; // of processes on the same folder
    private static final int HEAD = 2 * Integer.BYTES; // length, checksum
    private static final int ZEROS = 64 * 1_024; // written at a time

    private final Path folder;
    private final long mostBytes;
    private final List<FileChannel> others = new ArrayList<>(); // of processes that are gone
    private @Nullable FileChannel channel;
    private long read; // what lies before was written into the ledger
    private long taken; // what lies before was given out last
    private long end;
    private int waiting;
    private int takenCount;
    private int reserved;

    Spill(Path folder, long mostBytes) {
        this.folder = folder;
        this.mostBytes = mostBytes;
    }

    /** Takes some of the disk while there is some. */
    synchronized void reserve(int bytes) {
        try {
            FileChannel to = channel == null ? open() : channel;
            if (to != null) {
                if (to.size() < bytes) {
                    fill(to, Math.max(end, to.size()), bytes);
                }
                reserved = bytes;
            }
        } catch (IOException e) {
            LOG.warn("No room can be kept in {} for what a full disk does not take: {}", folder, e.toString());
        }
    }

    /** With zeros, which are no entry. */
    private static void fill(FileChannel to, long from, long until) throws IOException {
        ByteBuffer zeros = ByteBuffer.allocate(ZEROS);
        for (long at = from; at < until; ) {
            zeros.clear().limit((int) Math.min(ZEROS, until - at));
            at += to.write(zeros, at);
        }
    }

    /** Takes over what processes that are gone have left. */
    synchronized void recover() {
        for (int i = 1; i <= MOST_FILES; i++) {
            Path file = file(i);
            if (Files.isRegularFile(file)) {
                recover(file);
            }
        }
    }

    private void recover(Path file) {
        try {
            FileChannel left = lock(file);
            if (left == null || left == channel) {
                return;
            }
            if (channel == null) {
                channel = left;
                end = wholeEnd(left);
                return;
            }
            long whole = wholeEnd(left);
            ByteBuffer all = ByteBuffer.allocate((int) Math.min(whole, mostBytes));
            readFully(left, all, 0);
            if (end + whole <= mostBytes) {
                append(channel, all.flip());
                left.truncate(0);
            }
            others.add(left); // closed last: closing gives the lock away
        } catch (IOException e) {
            LOG.warn("What waits in {} cannot be read: {}", file, e.toString());
        }
    }

    /** Counts what is whole. */
    private long wholeEnd(FileChannel from) throws IOException {
        long at = 0;
        while (true) {
            byte @Nullable [] bytes = bytesAt(from, at, from.size());
            if (bytes == null) {
                return at;
            }
            at += HEAD + bytes.length;
            waiting++;
        }
    }

    /** False where there is no room, or it cannot be written; then none of them is there. */
    synchronized boolean add(List<? extends Entry> entries) {
        long before = end;
        try {
            FileChannel to = channel == null ? open() : channel;
            if (to == null) {
                return false;
            }
            for (Entry entry : entries) {
                byte[] bytes = EntryBytes.write(entry);
                if (end + HEAD + bytes.length > mostBytes) {
                    throw new IOException("It holds " + end + " bytes and may hold " + mostBytes + ".");
                }
                append(to, record(bytes));
            }
            waiting += entries.size();
            return true;
        } catch (IOException e) {
            LOG.debug("Nothing more can wait in {}: {}", folder, e.toString());
            end = before;
            return false;
        }
    }

    private void append(FileChannel to, ByteBuffer record) throws IOException {
        long at = end;
        while (record.hasRemaining()) {
            at += to.write(record, at);
        }
        end = at;
    }

    private static ByteBuffer record(byte[] bytes) {
        return ByteBuffer.allocate(HEAD + bytes.length)
                .putInt(bytes.length)
                .putInt(checksum(bytes))
                .put(bytes)
                .flip();
    }

    private static int checksum(byte[] bytes) {
        CRC32 checksum = new CRC32();
        checksum.update(bytes);
        return (int) checksum.getValue();
    }

    /** The oldest, which stay until {@link #written}. */
    synchronized List<Entry> oldest(int atMost) {
        List<Entry> entries = new ArrayList<>();
        FileChannel from = channel;
        taken = read;
        try {
            while (from != null && entries.size() < atMost) {
                byte @Nullable [] bytes = bytesAt(from, taken, end);
                if (bytes == null) {
                    break;
                }
                entries.add(EntryBytes.read(bytes));
                taken += HEAD + bytes.length;
            }
        } catch (IOException e) {
            LOG.error("What waits in {} cannot be read and is lost: {}", folder, e.toString());
            taken = end;
            waiting = entries.size();
        }
        takenCount = entries.size();
        return entries;
    }

    /** What was given out last is in the ledger. */
    synchronized void written() {
        read = taken;
        waiting -= takenCount;
        takenCount = 0;
        FileChannel from = channel;
        if (from != null && read >= end) {
            try {
                fill(from, 0, Math.min(end, reserved));
                from.truncate(reserved);
                read = 0;
                end = 0;
            } catch (IOException e) {
                LOG.warn("{} cannot be made shorter: {}", folder, e.toString());
            }
        }
    }

    /** How many wait. */
    synchronized int waiting() {
        return waiting;
    }

    /** Null at the end, or where the rest is not whole. */
    private static byte @Nullable [] bytesAt(FileChannel from, long at, long end) throws IOException {
        if (at + HEAD > end) {
            return null;
        }
        ByteBuffer head = ByteBuffer.allocate(HEAD);
        readFully(from, head, at);
        int length = head.getInt(0);
        if (length <= 0 || at + HEAD + length > end) {
            return null;
        }
        ByteBuffer body = ByteBuffer.allocate(length);
        readFully(from, body, at + HEAD);
        return checksum(body.array()) == head.getInt(Integer.BYTES) ? body.array() : null;
    }

    private static void readFully(FileChannel from, ByteBuffer to, long at) throws IOException {
        while (to.hasRemaining()) {
            if (from.read(to, at + to.position()) < 0) {
                throw new EOFException();
            }
        }
    }

    private @Nullable FileChannel open() throws IOException {
        for (int i = 1; i <= MOST_FILES && channel == null; i++) {
            channel = lock(file(i));
        }
        return channel;
    }

    /** Null where another process has it. */
    private static @Nullable FileChannel lock(Path file) throws IOException {
        FileChannel opened =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            FileLock lock = opened.tryLock();
            if (lock != null) {
                return opened;
            }
        } catch (OverlappingFileLockException e) {
            LOG.debug("{} is another ledger's of this process.", file);
        }
        opened.close();
        return null;
    }

    private Path file(int number) {
        return folder.resolve("waiting-" + number);
    }

    @Override
    public synchronized void close() {
        others.forEach(Spill::close);
        FileChannel open = channel;
        if (open != null) {
            close(open);
        }
        channel = null;
    }

    private static void close(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("A file stays open: {}", e.toString());
        }
    }
}
