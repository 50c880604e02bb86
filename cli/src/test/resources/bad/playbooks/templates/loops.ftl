<#-- Names that a template makes itself are no mistakes. -->
<#assign greeting = "hello ${vip}">
<#macro line text end="">${text}${end}</#macro>
<#function twice x><#return x * 2></#function>
<#list groups.db as node>
server ${node} ${node?index} ${nodes[node]!} ${(peers.first)!'none'} ${r"${raw}"} ${greeting}
<#--                           ^ error: 'nodes' is undefined -->
<#--                             define it, or write ${nodes!'a default'} -->
<@line text=node end=';' />
<#if extra??>${extra}</#if> ${twice(2)} <#noparse>${not.looked.at}</#noparse>
${groups.db?filter(n -> n != node)?join(',')} ${server}
<#--                                            ^ error: 'server' is undefined -->
<#--                                              define it, or write ${server!'a default'} -->
</#list>
