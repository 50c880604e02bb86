$ hactl exec db -i bad/inventory.yml -m service -a 'name=nginx enabled=perhaps'
-a:1:20: error: enabled: true or false is wanted, this is 'perhaps'
    name=nginx enabled=perhaps
                       ^
hactl: 1 error; nothing was connected or changed
exit 6
