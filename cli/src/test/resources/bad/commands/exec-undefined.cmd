$ hactl exec db -i bad/inventory.yml -a 'echo ${vipp}'
-a:1:8: error: 'vipp' is undefined
    echo ${vipp}
           ^
    did you mean 'vip'?
hactl: 1 error; nothing was connected or changed
exit 6
