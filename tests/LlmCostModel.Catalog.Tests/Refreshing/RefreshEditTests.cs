using System.Text;

namespace LlmCostModel.Catalog.Tests.Refreshing;

/// <summary>Small cards and tables: what is proposed of each kind, what is not, and what a file is after it.</summary>
public class RefreshEditTests
{
    private const string Card = """
        {
          "Provider": "openai",
          "FirstParty": true,
          "Currency": "USD",
          "AsOf": "2026-01-15",
          "BilledAs": { "Reasoning": "Output" },
          "Rules": {
            "batch": { "When": { "Tier": "batch" }, "Multiply": 0.5, "On": [ "Tokens" ] }
          },
          "Models": {
            // Written by hand; it stays.
            "a-1": {
              "Aliases": [ "a-latest" ],
              "AsOf": "2026-01-15", "Basis": "tables",
              "PerMillionTokens": { "Input": 2.5, "Output": 10 },
              "Rules": [ "batch" ]
            },
            "b-1": {
              "Versions": [
                { "AsOf": "2025-01-01", "Basis": "page", "Until": "2026-01-01", "PerMillionTokens": { "Input": 4, "Output": 8 } },
                { "AsOf": "2026-12-01", "Basis": "page", "From": "2026-01-01", "PerMillionTokens": { "Input": 3, "Output": 6 } }
              ]
            },
            "d-1": { "AsOf": "2026-01-15", "Basis": "tables", "PerMillionTokens": { "Input": 1, "Output": 4 } }
          }
        }
        """;

    private static readonly DateTimeOffset Now = new(2026, 9, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void TwoTables_ThatAgree_AreWritten_AndTheRestStays()
    {
        CatalogRefresh refresh = Propose(
            """
            { "a-1": { "litellm_provider": "openai", "input_cost_per_token": 2e-06, "output_cost_per_token": 8e-06 },
              "b-1": { "litellm_provider": "openai", "input_cost_per_token": 2e-06, "output_cost_per_token": 8e-06, "cache_read_input_token_cost": 3e-07 },
              "c-1": { "litellm_provider": "openai", "input_cost_per_token": 1e-06, "output_cost_per_token": 5e-06, "input_cost_per_token_batches": 5e-07, "output_cost_per_token_batches": 2.5e-06 },
              "d-1": { "litellm_provider": "openai", "input_cost_per_token": 1e-06, "output_cost_per_token": 4e-06, "deprecation_date": "2026-07-01" } }
            """,
            """
            { "openai": { "models": { "a-latest": { "cost": { "input": 2, "output": 8 } }, "b-1": { "cost": { "input": 3, "output": 6, "cache_read": 0.3 } },
              "c-1": { "cost": { "input": 1, "output": 5, "cache_read": 0.1 } }, "d-1": { "status": "deprecated", "cost": { "input": 1, "output": 4 } } } } }
            """);

        Assert.All(refresh.Proposals, proposal => Assert.Equal(RefreshConfidence.High, proposal.Confidence));
        Assert.Equal(
            [(RefreshKind.NewModel, "c-1"), (RefreshKind.NewPrice, "b-1"), (RefreshKind.ChangedPrice, "a-1"), (RefreshKind.Retired, "d-1")],
            refresh.Proposals.Select(proposal => (proposal.Kind, proposal.Model)));
        Assert.Empty(refresh.Warnings);
        Assert.Equal(1, refresh.Decided); // b-1: the page of December is younger than the table
        Assert.Equal("""
            {
              "Provider": "openai",
              "FirstParty": true,
              "Currency": "USD",
              "AsOf": "2026-01-15",
              "BilledAs": { "Reasoning": "Output" },
              "Rules": {
                "batch": { "When": { "Tier": "batch" }, "Multiply": 0.5, "On": [ "Tokens" ] }
              },
              "Models": {
                // Written by hand; it stays.
                "a-1": {
                  "Aliases": [ "a-latest" ],
                  "Versions": [
                    {
                      "AsOf": "2026-01-15",
                      "Basis": "tables",
                      "PerMillionTokens": { "Input": 2.5, "Output": 10 },
                      "Rules": [ "batch" ]
                    },
                    {
                      "AsOf": "2026-08-01", "Basis": "tables", "From": "2026-07-02",
                      "Note": "2 tables agree",
                      "Source": "https://github.com/BerriAI/litellm/blob/main/model_prices_and_context_window.json",
                      "PerMillionTokens": { "Input": 2, "Output": 8 },
                      "Rules": [ "batch" ]
                    }
                  ]
                },
                "b-1": {
                  "Versions": [
                    { "AsOf": "2025-01-01", "Basis": "page", "Until": "2026-01-01", "PerMillionTokens": { "Input": 4, "Output": 8 } },
                    { "AsOf": "2026-12-01", "Basis": "page", "From": "2026-01-01", "PerMillionTokens": { "Input": 3, "Output": 6, "CacheRead": 0.3 },
                    "Note": "CacheRead: 2 tables agree" }
                  ]
                },
                "c-1": {
                  "AsOf": "2026-08-01", "Basis": "tables", "From": "2026-07-02", "Beginning": "reading",
                  "Note": "2 tables agree",
                  "Source": "https://github.com/BerriAI/litellm/blob/main/model_prices_and_context_window.json",
                  "PerMillionTokens": { "Input": 1, "CacheRead": 0.1, "Output": 5 },
                  "Rules": [
                    { "Name": "batch", "When": { "Tier": [ "batch" ] }, "PerMillionTokens": { "Input": 0.5, "Output": 2.5 } }
                  ]
                },
                "d-1": { "AsOf": "2026-01-15", "Basis": "tables", "PerMillionTokens": { "Input": 1, "Output": 4 } }
              },
              "Lifecycle": {
                "d-1": { "From": "2026-07-01", "Retired": true, "Source": "https://github.com/BerriAI/litellm/blob/main/model_prices_and_context_window.json", "AsOf": "2026-08-01" }
              }
            }
            """, Written(refresh), ignoreLineEndingDifferences: true);
    }

    /// <summary>One table alone is not sure; slips are told and never proposed.</summary>
    [Theory]
    [InlineData("3e-06", "8e-06", RefreshConfidence.Medium, null)]
    [InlineData("0.0025", "0.01", null, "is 1000 times the card, 2.5")]
    [InlineData("2.5e-09", "1e-08", null, "is 1/1000 of the card, 2.5")]
    [InlineData("1e-05", "2.5e-06", null, "input and output are those of the card in exchange")]
    [InlineData("2e-07", "8e-06", null, "is 1/12 of the card, 2.5")]
    [InlineData("2.5e-06", "1e-06", null, "is 1/10 of the card, 10")]
    [InlineData("5e-06", "1e-05", null, "differs from the card, 2.5, by a digit")]
    [InlineData("0", "1e-05", null, "is 0, where the card has 2.5")]
    [InlineData("0", "0", null, "is 0, where the card has 2.5")]
    [InlineData("2.5e-06", "1e-05", null, null)]
    internal void OneTable_IsNotSure_AndSlipsAreTold(string input, string output, RefreshConfidence? confidence, string? warning)
    {
        CatalogRefresh refresh = Propose($$"""{ "a-1": { "litellm_provider": "openai", "input_cost_per_token": {{input}}, "output_cost_per_token": {{output}} } }""");

        Assert.Equal(confidence, refresh.Proposals.SingleOrDefault(proposal => proposal.Prices.Any(price => price.What == "Input"))?.Confidence);
        Assert.Equal(warning is not null, refresh.Warnings.Any(found => found.Why == warning));
        Assert.True(warning is null ? refresh.Warnings.Count == 0 : refresh.Proposals.Count <= 1);
    }

    /// <summary>A new model that one table states in an odd way, or two otherwise than each other.</summary>
    [Theory]
    [InlineData("""{ "n": { "litellm_provider": "openai", "input_cost_per_token": 8e-06, "output_cost_per_token": 2e-06 } }""", "input, 8, costs more than output, 2")]
    [InlineData("""{ "n": { "litellm_provider": "openai", "input_cost_per_token": 2, "output_cost_per_token": 8 } }""", "2000000 is more than models cost")]
    [InlineData("""{ "n": { "litellm_provider": "openai", "input_cost_per_token": 0, "output_cost_per_token": 8e-06 } }""", "input is 0 beside an output with a price")]
    public void NewModel_ThatCannotBeRight_IsTold(string table, string why)
    {
        CatalogRefresh refresh = Propose(table);

        Assert.Empty(refresh.Proposals);
        Assert.Equal([why], refresh.Warnings.Select(warning => warning.Why));
    }

    [Fact]
    public void NewModel_TablesThatDisagree_IsTold_AndRegionsAndReadIdsAreNone()
    {
        CatalogRefresh refresh = Propose(
            """
            { "n": { "litellm_provider": "openai", "input_cost_per_token": 3e-06, "output_cost_per_token": 8e-06 },
              "A-1": { "litellm_provider": "openai", "input_cost_per_token": 2.5e-06, "output_cost_per_token": 1e-05 },
              "eu/a-1": { "litellm_provider": "openai", "input_cost_per_token": 3e-06, "output_cost_per_token": 8e-06 },
              "elsewhere/x": { "litellm_provider": "elsewhere", "input_cost_per_token": 3e-06, "output_cost_per_token": 8e-06 } }
            """,
            """{ "openai": { "models": { "n": { "cost": { "input": 2, "output": 7 } } } } }""");

        Assert.Empty(refresh.Proposals);
        Assert.Equal(["the tables do not agree"], refresh.Warnings.Select(warning => warning.Why));
    }

    private static CatalogRefresh Propose(string liteLlm, string? modelsDev = null)
    {
        RefreshTable first = RefreshTable.Read(PriceTableFormat.LiteLlm, "litellm", Encoding.UTF8.GetBytes(liteLlm), new DateOnly(2026, 8, 1));
        RefreshTable[] tables = modelsDev is null ? [first]
            : [first, RefreshTable.Read(PriceTableFormat.ModelsDev, "models.dev", Encoding.UTF8.GetBytes(modelsDev), new DateOnly(2026, 7, 2))];
        return CatalogRefresh.Propose(RateCardJson.Parse(Card, "openai.json"), tables, Now);
    }

    private static string Written(CatalogRefresh refresh)
    {
        CardText text = new(Encoding.UTF8.GetBytes(Card), "openai.json");
        Assert.Empty(text.Apply([.. refresh.Proposals]));
        return Encoding.UTF8.GetString(text.Utf8);
    }
}
