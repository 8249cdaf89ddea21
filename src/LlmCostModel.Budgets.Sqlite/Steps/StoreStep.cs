using LlmCostModel.Budgets.Sqlite.Tables;

namespace LlmCostModel.Budgets.Sqlite.Steps;

/// <summary>A command that waits for its turn, and then has its answer. It may be run again after what it did was taken back.</summary>
internal abstract class StoreStep() : TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)
{
    /// <summary>Does what the command says, within a transaction.</summary>
    internal abstract void Run(Books books, long now);
}
