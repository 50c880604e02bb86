# Completion of hactl for bash: source <(hactl completion bash)
#
# hactl itself says what may follow. Bash also splits words at "=" and ":" (COMP_WORDBREAKS) and
# replaces only the last part, so the parts are joined for the question and cut off from the answer.

_hactl() {
  local IFS=$' \t\n'
  local -a words=()
  local part rest=$COMP_LINE blank i
  for ((i = 0; i <= COMP_CWORD; i++)); do
    part=${COMP_WORDS[i]}
    blank=${rest%%[![:space:]]*}
    rest=${rest:${#blank}}
    if ((i == 0)) || [[ -n $blank || (-z $part && -z $rest && ${COMP_LINE:COMP_POINT-1:1} == [[:space:]]) ]]; then
      words+=("$part")
    else
      words[${#words[@]} - 1]+=$part
    fi
    rest=${rest:${#part}}
  done

  local typed=${words[${#words[@]} - 1]} last=${COMP_WORDS[COMP_CWORD]} quote=''
  local program=${words[0]/#\~/$HOME}
  type -P -- "$program" > /dev/null || program=hactl

  # What the shell would make of the words; an open quote has no end yet.
  local -a meant=()
  for part in "${words[@]:1}"; do
    case $part in
      *[\"\'\\]*) part=$(_hactl_unquoted "$part") ;;
    esac
    meant+=("$part")
  done
  case $last in
    [\"\']*) quote=${last:0:1} ;;
  esac
  case $last in
    = | : | =: | :=) last='' ;;
  esac

  local -a answer=()
  mapfile -t answer < <("$program" __complete "${meant[@]}" 2> /dev/null < /dev/null)
  ((${#answer[@]})) || return 0
  local kind=${answer[0]% *} skip=${answer[0]##* }
  local whole=${meant[${#meant[@]} - 1]}
  local kept=${whole:0:skip}
  # What bash does not replace, because it is a word of its own to it.
  local cut=$((${#typed} - ${#last}))
  # A word may begin with an @, which it also splits words at.
  [[ ${typed:0:cut} != *@ ]] || cut=$((cut - 1))

  COMPREPLY=()
  case $kind in
    words)
      for part in "${answer[@]:1}"; do
        part=$kept${part%%$'\t'*}
        part=${part:cut}
        # What has no meaning to the shell stays readable: %q also quotes commas.
        [[ -n $quote || $part != *[!A-Za-z0-9_@%+=:,./!\&-]* ]] || printf -v part %q "$part"
        COMPREPLY+=("$part")
      done
      ;;
    files | folders)
      local -a how=(-f)
      [[ $kind == files ]] || how=(-d)
      compopt -o filenames 2> /dev/null
      while IFS= read -r part; do
        part=$kept$part
        COMPREPLY+=("${part:cut}")
      done < <(compgen "${how[@]}" -- "${whole:skip}")
      ;;
  esac
}

# A word without its quotes and backslashes.
_hactl_unquoted() {
  local text=$1 out='' open='' char i
  for ((i = 0; i < ${#text}; i++)); do
    char=${text:i:1}
    case $open$char in
      \\) i=$((i + 1)) && out+=${text:i:1} ;;
      [\"\']) open=$char ;;
      \"\" | \'\') open='' ;;
      *) out+=$char ;;
    esac
  done
  printf '%s' "$out"
}

complete -F _hactl hactl
