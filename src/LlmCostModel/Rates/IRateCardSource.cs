namespace LlmCostModel;

/// <summary>Brings rate cards that the user's own cards win over, such as a catalog. Register implementations as services.</summary>
public interface IRateCardSource
{
    /// <summary>Loads the cards. Called once when the rates are first needed and once for every reload.</summary>
    /// <returns>Valid cards.</returns>
    IReadOnlyList<RateCard> Load();
}
