$ hactl show skyah -i bad/inventory.yml
hactl show: error: no cluster is named 'skyah'
    did you mean 'skyha'?
exit 6
