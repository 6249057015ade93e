# Completion of timbre-cli for bash. Commands and options are asked of the program, so that they are never out of date.

_timbre_cli_words() {
    "$@" --help 2>/dev/null | sed -n '/^  timbre-cli /d; s/^  \(-[a-z],\)\{0,1\}\(--[a-z-]*\|[a-z][a-z-]*\)  *.*/\2/p'
}

_timbre_cli() {
    local current="${COMP_WORDS[COMP_CWORD]}" program="${COMP_WORDS[0]}" words=() i
    for ((i = 1; i < COMP_CWORD; i++)); do
        [[ "${COMP_WORDS[i]}" == [a-z]* && ! -e "${COMP_WORDS[i]}" ]] && words+=("${COMP_WORDS[i]}")
        [ ${#words[@]} -ge 2 ] && break
    done
    # Behind "mask" and "evaluate" stands another command, with options of its own.
    [[ "${words[0]:-}" == mask || "${words[0]:-}" == evaluate ]] || words=("${words[@]:0:1}")
    if [[ "$current" == -* ]] || [ ${#words[@]} -eq 0 ] || [[ "${words[*]}" == mask || "${words[*]}" == evaluate ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$(_timbre_cli_words "$program" "${words[@]}")" -- "$current")
    fi
    if [ ${#COMPREPLY[@]} -eq 0 ]; then
        mapfile -t COMPREPLY < <(compgen -f -- "$current")
        compopt -o filenames
    fi
}
complete -F _timbre_cli timbre-cli
