name:  ${env('HOME')} ${env!'production'} ${b64encode('x', 'y')}
<#--     ^ error: 'env' is a function here and a variable elsewhere in the same text -->
<#--       give the variable another name -->
<#--                                        ^ error: 'b64encode(text)' takes 1 argument, this has 2 -->
<#--                                          for example b64encode('hello') -->
