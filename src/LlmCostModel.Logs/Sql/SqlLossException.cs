namespace LlmCostModel.Logs;

/// <summary>A price that tables cannot hold.</summary>
internal sealed class SqlLossException(string why) : Exception(why);
