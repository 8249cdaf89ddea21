namespace LlmCostModel.Planning;

/// <summary>A request of a conversation.</summary>
/// <param name="Role">The role that sends it.</param>
/// <param name="Conversation">The number of the conversation, from 0 in the order of their first requests.</param>
/// <param name="Turn">The turn, from 1.</param>
/// <param name="Request">The request.</param>
public readonly record struct TrafficRequest(string Role, long Conversation, int Turn, PromptRequest Request);
