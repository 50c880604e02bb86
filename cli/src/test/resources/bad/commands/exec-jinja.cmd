$ hactl exec db -i bad/inventory.yml -m debug -a 'msg="{{ vip }}"'
-a:1:6: error: '{{ vip }}' is Jinja, which hactl does not read
    msg="{{ vip }}"
         ^
    write ${vip}; where braces are meant, ${'{{'}
hactl: 1 error; nothing was connected or changed
exit 6
