using System.Globalization;
using LlmCostModel.Budgets.Stores;

namespace LlmCostModel.Budgets.InMemory;

public sealed class ReservationTableTests
{
    /// <summary>Beside a dictionary, with more ids than the first table has places, and removals everywhere in it.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Find_AmongManyAddedAndRemoved_IsThatOfADictionary(int seed)
    {
        Random random = new(seed);
        ReservationTable table = new();
        Dictionary<string, Reservation> dictionary = [];
        for (int i = 0; i < 20_000; i++)
        {
            string id = random.Next(2_000).ToString(CultureInfo.InvariantCulture);
            Reservation? found = table.Find(id);
            Assert.Same(dictionary.GetValueOrDefault(id), found);
            if (found is null)
            {
                dictionary.Add(id, table.Add(id));
            }
            else if (random.Next(4) > 0)
            {
                dictionary.Remove(id);
                table.Remove(found);
            }
        }

        Assert.All(dictionary, pair => Assert.Same(pair.Value, table.Find(pair.Key)));
    }

    [Fact]
    public void Add_AfterARemoval_UsesTheObjectAgainAsNew()
    {
        ReservationTable table = new();
        Account account = new("a");
        Reservation first = table.Add("1");
        first.Reserved = 2;
        first.State = HoldState.Settled;
        first.EndedAt = 7;
        first.Add(account.Open(AccountPeriod.Always), 5, 6);
        first.Add(account.Open(AccountPeriod.Always), 5, 6);
        table.Remove(first);

        Reservation second = table.Add("2");

        Assert.Same(first, second);
        Assert.Equal(("2", 0, false, HoldState.Unknown, 0L), (second.Id, second.Count, second.IsReserved, second.State, second.EndedAt));
        Assert.Null(table.Find("1"));
    }
}
