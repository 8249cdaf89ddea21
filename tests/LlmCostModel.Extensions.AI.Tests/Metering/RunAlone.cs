namespace LlmCostModel.Extensions.AI.Tests;

/// <summary>Tests that listen to the process's meter do not run beside others, whose calls they would count.</summary>
[CollectionDefinition("metrics", DisableParallelization = true)]
public sealed class RunAlone;
