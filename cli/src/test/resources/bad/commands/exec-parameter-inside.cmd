$ hactl exec db -i bad/inventory.yml -a 'echo creates=/x done'
-a:1:1: error: cmd: 'creates=' inside the command would be an argument of the program
    echo creates=/x done
    ^
    write 'creates: ...' as a parameter of its own, or put the word in quotes
hactl: 1 error; nothing was connected or changed
exit 6
