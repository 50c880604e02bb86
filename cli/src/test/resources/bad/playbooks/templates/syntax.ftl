server ${vip}
<#if vip?has_content>
listen ${vip:80}
<#--        ^ error: not a valid expression or template: unexpected ':' -->
</#if>
