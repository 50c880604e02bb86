server ${vip}
  listen ${prot}
<#--       ^ error: 'prot' is undefined -->
<#--         define it, or write ${prot!'a default'} -->
<#if false>
user ${nobody}
<#--   ^ error: 'nobody' is undefined -->
<#--     define it, or write ${nobody!'a default'} -->
</#if>
