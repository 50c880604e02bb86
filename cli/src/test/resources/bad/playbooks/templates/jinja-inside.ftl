server ${vip}
<#if vip is defined and 'db1' in groups.db>
<#--     ^ error: not a valid expression or template: unexpected 'is' -->
<#--       write <#if vip?? && groups.db?seq_contains('db1')> -->
listen
</#if>
