$ hactl exec db -i bad/inventory.yml -m copy -a '{dest: /tmp/x, content: x, mode: 644}'
-a:1:34: error: mode: an unquoted mode is a number to YAML, and 644 would not mean what it looks like
    {dest: /tmp/x, content: x, mode: 644}
                                     ^
    write '0644' in quotes
hactl: 1 error; nothing was connected or changed
exit 6
