$ hactl exec db -i bad/inventory.yml -e '{a: [' -a uptime
-e:1:6: error: not valid YAML: what begins here is not closed
    {a: [
         ^
hactl: 1 error; nothing was connected or changed
exit 6
