using System.ComponentModel;
using LlmCostModel;
using LlmCostModel.Extensions.AI;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;

IKernelBuilder builder = Kernel.CreateBuilder();
builder.Services.AddLlmCostModel(SampleRates.Card);

// The one registration: the kernel's own tool loop is outside, the tracking inside it, so every call is priced by itself.
builder.Services.AddChatClient(_ => new ScriptedModel())
    .UseKernelFunctionInvocation()
    .UseCostTracking();
builder.Plugins.AddFromType<Weather>();
Kernel kernel = builder.Build();

using CostScope scope = CostScope.Begin();
FunctionResult answer = await kernel.InvokePromptAsync("How is the weather?", new(new PromptExecutionSettings { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto() }));

// Two calls of 400 x 0.55 + 600 x 0.14 + 500 x 2.19 = 1,399 millionths each.
Console.WriteLine($"{answer} It cost {scope.Totals}.");

internal sealed class Weather
{
    [KernelFunction]
    [Description("Shows the weather.")]
    public string Today() => "sunny";
}
