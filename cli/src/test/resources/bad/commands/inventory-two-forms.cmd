$ hactl inventory --graph --list -i bad/inventory.yml
hactl inventory: which of --graph and --list?
exit 5
