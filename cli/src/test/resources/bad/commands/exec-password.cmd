$ hactl exec db -i bad/inventory.yml -m user -a 'name=bob password=hunter22 sate=present'
-a:1:19: error: password: a crypted password is wanted; a clear one would lock the user out
    name=bob password=<secret> sate=present
                      ^
    make one with 'openssl passwd -6'; '*' or '!' matches no password
-a:1:28: error: user has no parameter 'sate'
    name=bob password=<secret> sate=present
                               ^
    did you mean 'state'?
hactl: 2 errors; nothing was connected or changed
exit 6
