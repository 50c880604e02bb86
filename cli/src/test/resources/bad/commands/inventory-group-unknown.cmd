$ hactl inventory --graph dbs -i bad/inventory.yml
hactl inventory: error: no group is named 'dbs'
    did you mean 'db'?
exit 6
