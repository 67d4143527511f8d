# frame.sh: help, version, usage errors: the same for every command.
# shellcheck shell=sh

try 'no command at all is a usage error that lists the commands' 2
err_has '^usage: sentosa '
out_is_empty

try 'help goes to standard output and lists the commands' 0 --help
out_has '^  explain '
err_is_empty

try 'a command that does not exist is named' 2 frobnicate
err_has 'frobnicate'
out_is_empty

try 'the version is one line' 0 --version
out_has '^sentosa [0-9]+\.[0-9]+\.[0-9]+'
err_is_empty

try 'the version as JSON names program and pack' 0 --version --json
out_json 'length == 1 and (.[0] | has("program") and has("pack"))'

for command in $("$sentosa" --help | awk '/^  / { print $1 }'); do
    try "$command --help says how it is used" 0 "$command" --help
    out_has "^usage: sentosa $command"
    err_is_empty

    try "$command refuses an option that does not exist" 2 "$command" --no-such-option
    err_has '.--no-such-option'
    out_is_empty
done

try 'the doctor names pack, weights, kernel and credits' 0 doctor
out_has '^pack +.*[0-9a-f]{16}'
out_has '^weights +'
out_has '^kernel +'
out_has 'GeoNames'
err_is_empty

try 'a pack that is not there is named' 4 doctor --pack /no/such/pack
err_has '/no/such/pack'
