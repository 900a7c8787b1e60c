#!/bin/sh
# Starts @name@ from where it was unpacked. Its own Java comes first, then JAVA_HOME's, then the one on the search path.
set -eu

# A closed standard stream is as good as an empty one. Left closed, Java would open its own files in
# its place, and read or write them for it.
{ true 9<&0; } 2>/dev/null || exec </dev/null
{ true 9>&1; } 2>/dev/null || exec >/dev/null
{ true 9>&2; } 2>/dev/null || exec 2>/dev/null

fail() {
  echo "@name@: $*" >&2
  exit 255
}

# What a chain of links ends at. A tool for it is not everywhere on the search path.
followed() {
  file=$1
  while [ -L "$file" ]; do
    link=$(readlink "$file") || fail "readlink is missing, which finds what $file points to"
    case $link in
      /*) file=$link ;;
      *) file=${file%/*}/$link ;;
    esac
  done
}

case $0 in
  */*) followed "$0" ;;
  *) followed "./$0" ;;
esac
home=$(CDPATH='' cd -P -- "${file%/*}/.." && pwd)

# The version stands in a file of every JDK; asking java itself would cost a start.
java_major() {
  followed "$java"
  java_version=
  if [ -r "${file%/bin/java}/release" ]; then
    while IFS='=' read -r key value; do
      if [ "$key" = JAVA_VERSION ]; then java_version=${value#\"}; fi
    done <"${file%/bin/java}/release"
  fi
  java_version=${java_version%\"}
  if [ -z "$java_version" ]; then
    java_version=$("$java" -version 2>&1 | sed -n 's/.*version "\([^"]*\)".*/\1/p')
  fi
  major=${java_version%%[!0-9]*}
  major=${major:-0}
}

if [ -x "$home/runtime/bin/java" ]; then
  java=$home/runtime/bin/java
  java_major
else
  if [ -n "${JAVA_HOME:-}" ] && [ -x "$JAVA_HOME/bin/java" ]; then
    java=$JAVA_HOME/bin/java
  else
    java=$(command -v java) || fail "no Java found: install Java 17 or newer, or let JAVA_HOME name one"
  fi
  java_major
  [ "$major" -ge 17 ] || fail "Java 17 or newer is needed, and $java is $major: let JAVA_HOME name a newer one"
fi

# The C1 compiler alone starts faster; what runs for long or moves much wants both.
tier=-XX:TieredStopAtLevel=1
# C2 comes later than usual: on what runs once, such as a post-quantum key, it costs more than it gives.
# Nor is C1's code to count on the way there what C2 would like to know of it: as much is moved without.
patient="-XX:Tier4BackEdgeThreshold=20000000 -XX:Tier4InvocationThreshold=10000 \
-XX:Tier4MinInvocationThreshold=1200 -XX:Tier4CompileThreshold=30000 -XX:-C1UpdateMethodData"
for argument in "$@"; do
  case $argument in
    exec | shell) tier=$patient ;;
    forward | copy) tier=-XX:+TieredCompilation ;;
    -*) continue ;;
  esac
  break
done

terminals=
if [ -t 0 ]; then terminals=in; fi
if [ -t 1 ]; then terminals=$terminals,out; fi
if [ -t 2 ]; then terminals=$terminals,err; fi

# One after the other: the order of a wildcard of Java's is the file system's.
class_path=
for jar in "$home"/lib/*.jar; do
  class_path=$class_path:$jar
done

# What the jars are was said when they were put together.
digest=
if [ -r "$home/lib/digest" ]; then IFS= read -r digest <"$home/lib/digest" || true; fi
# shellcheck source=cli/src/main/resources/dev/postern/cli/archive.sh
. "$home/lib/archive.sh"
archive_options "$digest" "${class_path#:}"
make_archive "${class_path#:}" -XX:+UseSerialGC -Xlog:disable -Dguice_bytecode_gen_option=DISABLED \
  -Dpostern-name=@name@ -Dpostern-version=@version@ "-Dpostern-distribution=$home"

# shellcheck disable=SC2086 # the user's options are several words
exec "$java" $tier -XX:+UseSerialGC "$archive" -Xlog:disable "$archive_log" \
  -Dguice_bytecode_gen_option=DISABLED "-Dpostern-terminals=$terminals" "-Dpostern-launcher=$0" \
  -Dpostern-name=@name@ -Dpostern-version=@version@ "-Dpostern-distribution=$home" ${POSTERN_JAVA_OPTS:-} \
  -cp "${class_path#:}" dev.postern.cli.Main "$@"
