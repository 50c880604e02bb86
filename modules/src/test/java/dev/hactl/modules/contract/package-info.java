/**
 * The contract of every module, proven on real hosts: {@link
 * dev.hactl.modules.contract.ModuleContractIT} runs each module's own examples and holds them
 * against the laws.
 */
package dev.hactl.modules.contract;
