# shellcheck shell=sh
# The class archive of the launcher that reads this file: what Java has loaded once, laid out for the next start.
# An archive is code, so it must be ours alone. Whatever is wrong with it or its folder costs only the speed.
#
# archive_options CONTENT CLASS_PATH: sets $archive and $archive_log, options of Java for this start.
# make_archive CLASS_PATH OPTION...:  makes it in the background, if it is to be made.
#
# Wants $java, $java_version and $major. POSTERN_ARCHIVE=off turns it off.

archive_options() {
  archive=-Xshare:auto
  archive_to_make=
  # Errors of Java go to standard error, and an archive that it does not take is none.
  archive_log=-Xlog:all=error,cds*=off:stderr
  if [ "$major" -ge 25 ]; then archive_log=-Xlog:all=error,cds*=off,aot*=off:stderr; fi
  [ "${POSTERN_ARCHIVE:-}" != off ] && [ -n "$1" ] || return 0
  case ${POSTERN_JAVA_OPTS:-} in
    # The user has an archive of their own, or an agent, with which none is used.
    *-Xshare* | *SharedArchive* | *ArchiveClasses* | *AOT* | *-javaagent* | *-agentlib*) return 0 ;;
  esac
  archive_folder || return 0
  # The options are part of it: a launcher that changes them does not want the archive of the one before.
  archive_key=$(printf '%s\n' "$1" "$2" "$java" "$java_version" 1 | sha256sum 2>/dev/null) || return 0
  archive_key=${archive_key%% *}
  [ -n "$archive_key" ] || return 0
  if archive_is_aot; then archive_file=$archive_folder/$archive_key.aot; else archive_file=$archive_folder/$archive_key.jsa; fi
  if [ ! -e "$archive_file" ] && [ ! -L "$archive_file" ]; then
    # Where it failed once, it would again.
    if [ ! -e "$archive_folder/$archive_key.failed" ]; then archive_to_make=$archive_file; fi
    return 0
  fi
  archive_is_ours || return 0
  case $archive_file in
    *.aot) archive=-XX:AOTCache=$archive_file ;;
    *) archive=-XX:SharedArchiveFile=$archive_file ;;
  esac
}

# Before 25.0.4 such a cache runs the old classes of a jar that was replaced (JDK-8377932).
archive_is_aot() {
  [ "$major" -lt 26 ] || return 0
  case $java_version in
    25.0.*) archive_update=${java_version#25.0.} ;;
    *) return 1 ;;
  esac
  archive_update=${archive_update%%[!0-9]*}
  [ "${archive_update:-0}" -ge 4 ]
}

# Sets it, made if need be. As root with the home of somebody else, we leave nothing there.
archive_folder() {
  case ${XDG_CACHE_HOME:-} in
    /*) archive_parent=${XDG_CACHE_HOME%/} ;;
    *)
      case ${HOME:-} in
        /*) archive_parent=${HOME%/}/.cache ;;
        *) return 1 ;;
      esac
      ;;
  esac
  archive_folder=$archive_parent/postern
  if [ ! -d "$archive_folder" ]; then
    if [ ! -d "$archive_parent" ]; then
      [ -O "${archive_parent%/*}/" ] || return 1
      mkdir -m 700 "$archive_parent" 2>/dev/null || return 1
    fi
    [ -O "$archive_parent" ] || return 1
    mkdir -m 700 "$archive_folder" 2>/dev/null || return 1
  fi
  [ -O "$archive_folder" ] && [ ! -L "$archive_folder" ]
}

# Nobody else may write it, nor the folders that name it, unless these keep everyone to what is theirs (/tmp).
archive_is_ours() {
  [ -f "$archive_file" ] && [ -O "$archive_file" ] && [ ! -L "$archive_file" ] || return 1
  archive_open=$(find -H "$archive_parent" "$archive_folder" "$archive_file" -prune \
    \( -perm -020 -o -perm -002 \) ! \( -type d -perm -1000 \) -print 2>/dev/null) || return 1
  [ -z "$archive_open" ]
}

make_archive() {
  [ -n "$archive_to_make" ] && [ -w "$archive_folder" ] || return 0
  (make_archive_now "$@") </dev/null >/dev/null 2>&1 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&- &
}

# Begins when the command has ended, or runs on; nobody waits for it, and it gives itself a minute.
make_archive_now() {
  set +e
  cd / || exit 0
  archive_waited=0
  while kill -0 $$ && [ "$archive_waited" -lt 10 ]; do
    sleep 1
    archive_waited=$((archive_waited + 1))
  done
  archive_lock=$archive_folder/making
  if ! mkdir "$archive_lock"; then
    # One at a time; what is older was killed.
    [ -n "$(find "$archive_lock" -prune -mmin +5 -print)" ] && rm -rf "$archive_lock"
    exit 0
  fi
  trap 'rm -rf "$archive_lock"' EXIT
  trap 'exit 0' HUP INT TERM
  if [ -e "$archive_to_make" ]; then exit 0; fi
  umask 077
  archive_made=$archive_lock/${archive_to_make##*/}
  case $archive_made in
    *.aot) archive_output=-XX:AOTCacheOutput=$archive_made ;;
    *) archive_output=-XX:ArchiveClassesAtExit=$archive_made ;;
  esac
  archive_class_path=$1
  shift
  unset JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS JDK_AOT_VM_OPTIONS
  if ! nice -n 19 "$java" "$archive_output" "$@" "-Djava.io.tmpdir=$archive_lock" -cp "$archive_class_path" \
    dev.postern.cli.Rehearsal "$archive_lock" || [ ! -s "$archive_made" ]; then
    : >"${archive_to_make%.*}.failed"
    exit 0
  fi
  # Java 17 crashes on half a file, which a power cut could leave.
  sync "$archive_made" || sync
  chmod 600 "$archive_made" && mv -f "$archive_made" "$archive_to_make" || exit 0
  # Of other builds and other Javas, the newest few may be in use.
  # shellcheck disable=SC2012 # the names are ours
  ls -t "$archive_folder" | sed -n '/^[0-9a-f]*\.\(jsa\|aot\|failed\)$/p' | sed -n '5,$p' |
    while IFS= read -r archive_old; do rm -f "$archive_folder/$archive_old"; done
}
