# Sourced by run and test: compiles into target/build what changed since the last time, and what uses it.
# Maven compiles the first time, and whenever something else than a Java file has changed or a file is gone.
cd -- "$(dirname -- "$0")/.."
here=$PWD
made=$here/target/build/classes # a path by which ArchUnit tells tests from the rest
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
# What ends soon is not worth the better compiler; without it, the room for compiled code has to be said.
quick="-XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=240m -XX:+UseSerialGC"

sources() {
    find src/main/java src/test/java -name '*.java' | sort
}

by_maven() {
    echo "Maven compiles everything." >&2
    rm -rf "$made"
    mkdir -p "$made"
    touch "$made/main.new" "$made/test.new"
    mvn -q test-compile dependency:build-classpath -Dmdep.outputFile="$made/classpath" >&2 # what is printed may be read by a program
    cp -R target/classes "$made/main"
    cp -R target/test-classes "$made/test"
    mv "$made/main.new" "$made/main.done"
    mv "$made/test.new" "$made/test.done"
    sources >"$made/sources.done"
}

is_fresh() {
    [ -f "$made/sources.done" ] || return 1
    [ -z "$(find pom.xml src/main/resources src/test/resources rules spreadsheets -type f -newer "$made/test.done")" ] || return 1
    [ -z "$(sources | comm -13 - "$made/sources.done")" ]
}

# Files of main or test that changed, or that name a class that did: in their text, or in what was made of it.
to_compile() {
    changed=$(find src/main/java "src/$1/java" -name '*.java' -newer "$made/$1.done" | sort -u)
    [ -n "$changed" ] || return 0
    {
        echo "$changed"
        names=$(echo "$changed" | sed 's,.*/,,; s,\.java$,,')
        grep -rlwF "$names" "src/$1/java"
        (cd "$made/$1" && grep -rlF "$(echo "$changed" | sed 's,^src/[a-z]*/java/,,; s,\.java$,,')" quartermaster) |
            sed "s,\$.*,,; s,\.class$,,; s,.*,src/$1/java/&.java,"
    } | grep "^src/$1/" | sort -u
}

# Compiles main or test; where a file is wrong, everything stays to be compiled.
compile() {
    files=$(to_compile "$1")
    touch "$made/$1.new"
    if [ -n "$files" ]; then
        # shellcheck disable=SC2086 # the names hold no blanks
        "${java}c" -J-XX:TieredStopAtLevel=1 -J-XX:+UseSerialGC -proc:none -g -parameters --release 17 \
            -Xlint:all,-serial,-classfile -d "$made/$1" -cp "$made/main:$made/test:$(cat "$made/classpath")" $files
    fi
    mv "$made/$1.new" "$made/$1.done"
    sources >"$made/sources.done"
}
