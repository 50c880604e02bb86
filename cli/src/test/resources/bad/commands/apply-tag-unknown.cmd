$ hactl apply bad/good.yml -i bad/inventory.yml -t setpu
--tags: error: no task has the tag 'setpu'
    tags: all, always, never, tagged, untagged
hactl: 1 error; nothing was connected or changed
exit 6
