#compdef hactl
# Completion of hactl for zsh: source <(hactl completion zsh), or this text as _hactl in a folder of $fpath.
#
# hactl itself says what may follow.

_hactl() {
  local -a answer values shown meant
  local program kind skip line
  program=${(Q)words[1]}
  program=${program/#\~/$HOME}
  whence -p -- $program > /dev/null || program=hactl
  meant=("${(@Q)words[2,CURRENT-1]}" "${(Q)PREFIX}")

  answer=("${(@f)$($program __complete "${meant[@]}" 2> /dev/null < /dev/null)}")
  kind=${answer[1]% *}
  skip=${answer[1]##* }
  [[ $skip == <-> ]] || return 1
  (( skip )) && compset -p $skip

  case $kind in
    files) _files ;;
    folders) _files -/ ;;
    words)
      for line in "${(@)answer[2,-1]}"; do
        values+=("${line%%$'\t'*}")
        if [[ $line == *$'\t'* ]]; then
          shown+=("${line%%$'\t'*}  -- ${line#*$'\t'}")
        else
          shown+=("$line")
        fi
      done
      (( $#values )) || return 1
      if [[ "${answer[2]}" == *$'\t'* ]]; then
        compadd -l -d shown -a values
      else
        compadd -a values
      fi
      ;;
    *) return 1 ;;
  esac
}

if [[ $funcstack[1] == _hactl ]]; then
  _hactl "$@"
else
  compdef _hactl hactl
fi
