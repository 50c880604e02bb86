$ hactl apply bad/good.yml -i bad/inventory.yml --stpe
hactl apply: unknown option '--stpe'; did you mean '--step'?
exit 5
