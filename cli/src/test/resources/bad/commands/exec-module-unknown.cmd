$ hactl exec db -i bad/inventory.yml -m comand -a uptime
-m:1:1: error: there is no module 'comand'
    comand
    ^
    did you mean 'command'?
hactl: 1 error; nothing was connected or changed
exit 6
