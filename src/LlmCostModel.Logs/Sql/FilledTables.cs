namespace LlmCostModel.Logs;

/// <summary>What a script says in any dialect.</summary>
/// <param name="Tables">The rows.</param>
/// <param name="Providers">The providers that rows name.</param>
/// <param name="Regions">The regions that rules tell apart.</param>
/// <param name="HoursUntil">How far hours of the week are written out.</param>
internal sealed record FilledTables(PriceTables Tables, string[] Providers, RegionClasses Regions, DateTimeOffset HoursUntil);
