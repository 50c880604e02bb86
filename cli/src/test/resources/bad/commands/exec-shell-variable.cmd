$ hactl exec db -i bad/inventory.yml -m shell -a 'echo ${HOME}'
-a:1:8: error: 'HOME' is undefined
    echo ${HOME}
           ^
    did you mean the shell variable? write $HOME
hactl: 1 error; nothing was connected or changed
exit 6
