using Microsoft.Extensions.Options;

namespace LlmCostModel;

/// <summary>Options of nothing, whose validation loads the rates: a host that validates them when it starts does not start with rates that
/// are invalid.</summary>
/// <remarks>Validating <see cref="LlmCostModelOptions"/> themselves at the start would configure and validate them once for the host and
/// once more for the store.</remarks>
internal sealed class RatesAtStart
{
    internal sealed class Validation(Func<RateStore> load) : IValidateOptions<RatesAtStart>
    {
        public ValidateOptionsResult Validate(string? name, RatesAtStart options)
        {
            load();
            return ValidateOptionsResult.Success;
        }
    }
}
