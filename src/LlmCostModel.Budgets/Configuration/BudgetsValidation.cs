using LlmCostModel.Budgets.Stores;
using Microsoft.Extensions.Options;

namespace LlmCostModel.Budgets;

/// <summary>Checks the options when the host starts, with what the store can count.</summary>
internal sealed class BudgetsValidation(BudgetStore store) : IValidateOptions<BudgetsOptions>
{
    public ValidateOptionsResult Validate(string? name, BudgetsOptions options)
    {
        BudgetReader.Read(options, store.Traits, out IReadOnlyList<InputFault> faults);
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults.Select(fault => fault.ToString()));
    }
}
