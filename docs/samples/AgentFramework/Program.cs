using LlmCostModel;
using LlmCostModel.Extensions.AI;
using Microsoft.Agents.AI;
using Microsoft.Extensions.AI;

// The one registration: the agent adds its tool loop outside of the client that it is given.
IChatClient client = new ScriptedModel().AsBuilder()
    .UseCostTracking(new CostEstimator(SampleRates.Card))
    .Build();
ChatClientAgent agent = new(client, instructions: "Tell the weather.", tools: [AIFunctionFactory.Create(() => "sunny", "today")]);

using CostScope scope = CostScope.Begin();
AgentResponse answer = await agent.RunAsync("How is the weather?");

// Two calls of 400 x 0.55 + 600 x 0.14 + 500 x 2.19 = 1,399 millionths each.
Console.WriteLine($"{answer.Text} It cost {scope.Totals}.");
