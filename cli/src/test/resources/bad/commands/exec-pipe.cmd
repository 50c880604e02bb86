$ hactl exec db -i bad/inventory.yml -a 'ls | wc -l'
-a:1:1: error: cmd: no shell runs this command, so '|' would be an argument of the program
    ls | wc -l
    ^
    use shell: for pipes and redirections, or put the word in quotes
hactl: 1 error; nothing was connected or changed
exit 6
