# The place counts lines, too.
$ hactl exec db -i bad/inventory.yml -m copy -a 'dest=/tmp/x
>   contnt=x'
-a:2:3: error: copy has no parameter 'contnt'
      contnt=x
      ^
    did you mean 'content'?
-m:1:1: error: copy needs one of src, content
    copy
    ^
hactl: 2 errors; nothing was connected or changed
exit 6
