using System.Text;
using static LlmCostModel.Logs.Tests.Bills.TextBill;

namespace LlmCostModel.Logs.Tests.Bills;

/// <summary>Bills of every format that is known, made up in the shapes that their readers name; sums are worked out by hand.</summary>
public class BillReaderTests
{
    // 1775088000 is 2026-04-02T00:00:00Z.
    [Fact]
    public void OpenAI_LineItems_SayModelAndTokens()
    {
        BillLine[] lines = Read("""
            {"object":"page","data":[{"object":"bucket","start_time":1775088000,"end_time":1775174400,"results":[
              {"object":"organization.costs.result","amount":{"value":"0.00042075","currency":"usd"},"quantity":2805.0,"line_item":"gpt-4o-mini-2024-07-18, input","project_id":"p"},
              {"object":"organization.costs.result","amount":{"value":0.06,"currency":"usd"},"line_item":"gpt-4o-mini-2024-07-18, cached input","project_id":null},
              {"object":"organization.costs.result","amount":{"value":1.5,"currency":"usd"},"line_item":"web search tool call","project_id":null},
              {"object":"organization.costs.result","amount":{"value":2,"currency":"usd"},"line_item":null,"project_id":null}]}],
             "has_more":false,"next_page":null}
            """);

        Assert.Equal(("2026-04-02", "openai", "gpt-4o-mini-2024-07-18", TokenBucket.Input, "0.00042075 USD"), Facts(lines[0]));
        Assert.Equal((2805m, 8), (lines[0].Tokens, lines[0].Decimals));
        Assert.Equal(("2026-04-02", "openai", "gpt-4o-mini-2024-07-18", TokenBucket.CacheRead, "0.06 USD"), Facts(lines[1]));
        Assert.Equal(("2026-04-02", "openai", null, null, "1.5 USD"), Facts(lines[2]));
        Assert.Equal("all line items (group the report by line_item)", lines[3].Name);
    }

    [Fact]
    public void OpenAI_DashboardCsv_IsTheSame()
    {
        BillLine line = Assert.Single(Read("""
            start_time,end_time,start_time_iso,end_time_iso,amount_value,amount_currency,line_item,project_id
            1775088000,1775174400,2026-04-02T00:00:00+00:00,2026-04-03T00:00:00+00:00,0.12744,usd,"gpt-4o-2024-08-06, output",proj_a
            """));

        Assert.Equal(("2026-04-02", "openai", "gpt-4o-2024-08-06", TokenBucket.Output, "0.12744 USD"), Facts(line));
    }

    // Cents as a text: 123.45 are 1.2345 dollars.
    [Fact]
    public void Anthropic_AmountsAreCents()
    {
        BillLine[] lines = Read("""
            {"data":[{"starting_at":"2026-04-02T00:00:00Z","ending_at":"2026-04-03T00:00:00Z","results":[
              {"currency":"USD","amount":"123.45","workspace_id":null,"description":"Claude Sonnet 4.5 Usage - Input Tokens","cost_type":"tokens","context_window":"0-200k","model":"claude-sonnet-4-5-20250929","service_tier":"batch","token_type":"uncached_input_tokens","inference_geo":"us"},
              {"currency":"USD","amount":"100","description":"cache","cost_type":"tokens","model":"claude-sonnet-4-5-20250929","service_tier":"standard","token_type":"cache_creation.ephemeral_1h_input_tokens","inference_geo":"not_available"},
              {"currency":"USD","amount":"5.0","description":"Web Search Usage","cost_type":"web_search","model":null,"service_tier":null,"token_type":null}]}],
             "has_more":false,"next_page":null}
            """);

        Assert.Equal(("2026-04-02", "anthropic", "claude-sonnet-4-5-20250929", TokenBucket.Input, "1.2345 USD"), Facts(lines[0]));
        Assert.Equal(("batch", "us", 4), (lines[0].Tier, lines[0].Region, lines[0].Decimals));
        Assert.Equal((TokenBucket.CacheWrite1h, null, 1m), (lines[1].Bucket, lines[1].Region, lines[1].Amount.Amount));
        Assert.Equal(("Web Search Usage", null, 0.05m), (lines[2].Name, lines[2].Model, lines[2].Amount.Amount));
    }

    [Fact]
    public void Anthropic_ConsoleCsv_HasNamesForPeople()
    {
        BillLine[] lines = Read("""
            usage_date_utc,model,workspace,api_key,usage_type,context_window,token_type,cost_usd,list_price_usd,cost_type,inference_geo,speed,api_key_id,api_key_status
            2026-04-02,Claude Haiku 4.5,Default,demo,message,≤ 200k,input_no_cache,0.05,0.05,token,not_available,,apikey_1,active
            2026-04-02,Claude Haiku 4.5,Default,demo,batch,≤ 200k,input_cache_write_5m,0.02,0.02,token,not_available,,apikey_1,active
            2026-04-02,Claude Sonata 9,Default,demo,message,≤ 200k,output,0.30,0.30,token,not_available,,apikey_1,active
            """);

        Assert.Equal(("2026-04-02", "anthropic", "claude-haiku-4-5", TokenBucket.Input, "0.05 USD"), Facts(lines[0]));
        Assert.Equal(("batch", TokenBucket.CacheWrite5m), (lines[1].Tier, lines[1].Bucket));
        Assert.Equal(("Claude Sonata 9", null, 2), (lines[2].Name, lines[2].Model, lines[2].Decimals));
    }

    [Fact]
    public void OpenRouter_Days()
    {
        BillLine line = Assert.Single(Read("""
            {"data":[{"date":"2026-04-02","model":"openai/gpt-4.1","model_permaslug":"openai/gpt-4.1-2025-04-14","endpoint_id":"e","provider_name":"OpenAI","usage":0.015,"byok_usage_inference":0.012,"requests":5,"prompt_tokens":50,"completion_tokens":125,"reasoning_tokens":25}]}
            """));

        Assert.Equal(("2026-04-02", "openrouter", "openai/gpt-4.1", null, "0.015 USD"), Facts(line));
    }

    [Fact]
    public void LiteLlm_Days_HaveNoProvider()
    {
        BillLine[] lines = Read("""
            {"results":[{"date":"2026-04-02","metrics":{"spend":0.7},"breakdown":{"models":{"gpt-4o":{"metrics":{"spend":0.5,"api_requests":2}},"claude-sonnet-4-5":{"spend":0.2}},"providers":{}}}],"metadata":{"total_spend":0.7}}
            """);

        Assert.Equal(("2026-04-02", null, "gpt-4o", null, "0.5 USD"), Facts(lines[0]));
        Assert.Equal(("2026-04-02", null, "claude-sonnet-4-5", null, "0.2 USD"), Facts(lines[1]));
    }

    [Fact]
    public void DeepSeek_CostsInTheirCurrencyAndZone()
    {
        Assert.Equal(
            ("2026-04-27", "deepseek", "deepseek-v4-flash", null, "0.054639 CNY"),
            Facts(Assert.Single(Read("""
                user_id,utc_date,model,wallet_type,cost,currency
                u,2026-04-27,deepseek-v4-flash,Paid,0.0546390000000000,CNY
                """))));

        BillLine line = Assert.Single(Read("""
            user_id,start_time_iso,end_time_iso,model,wallet_type,cost,currency
            u,2026-09-01T00:00:00+03:00,2026-09-02T00:00:00+03:00,deepseek-flash,Paid,0.78,USD
            """));
        Assert.Equal(("2026-09-01", "+03:00"), ($"{line.Day:yyyy-MM-dd}", line.TimeZone));
    }

    [Fact]
    public void DeepSeek_Amounts_AreRefusedWithWhatToDo() => Assert.Equal(
        "'bill' is not read as a bill: It is the file of amounts of DeepSeek's export, which states no currency. Give the file of costs of "
            + "the same archive (cost-...csv).",
        Refused("""
            user_id,utc_date,model,api_key_name,api_key,type,price,amount
            u,2026-04-27,deepseek-v4-flash,key,sk-x,output_tokens,0.000002,1110
            """));

    [Fact]
    public void Cursor_WhatAPlanIncludes_CostsNothing()
    {
        BillLine line = Assert.Single(Read("""
            Date,Kind,Model,Max Mode,Input (w/ Cache Write),Input (w/o Cache Write),Cache Read,Output Tokens,Total Tokens,Cost
            2026-04-02T12:00:00.000Z,Included,claude-4.5-sonnet,No,0,10,0,5,15,Included
            2026-04-02T13:00:00.000Z,On-Demand,claude-4.5-sonnet,No,0,10,0,5,15,$0.42
            """));

        Assert.Equal(("2026-04-02", null, "claude-4.5-sonnet", null, "0.42 USD"), Facts(line));
        Assert.Equal(13, line.At!.Value.Hour);
    }

    // 17.33 thousands of tokens; a tax and a credit stay apart, and what is not Bedrock's is left out.
    [Fact]
    public void Aws_Cur1_LinesOfBedrock()
    {
        BillReader reader = new();
        using MemoryStream text = new("""
            lineItem/UsageAccountId,lineItem/LineItemType,lineItem/UsageStartDate,lineItem/UsageEndDate,lineItem/ProductCode,lineItem/UsageType,lineItem/UsageAmount,lineItem/CurrencyCode,lineItem/UnblendedCost,product/ProductName,pricing/unit
            1,Usage,2026-04-02T09:00:00Z,2026-04-02T10:00:00Z,AmazonBedrock,USW2-Claude4.6Sonnet-input-tokens,17.33,USD,0.057189,Amazon Bedrock,1K tokens
            1,Usage,2026-04-02T09:00:00Z,2026-04-02T10:00:00Z,8sz4,USE1-MP:USE1_cache_read_tokens_global_standard-Units,2,USD,1.00,Claude Opus 4.7 (Amazon Bedrock Edition),Units
            1,Tax,2026-04-01T00:00:00Z,2026-05-01T00:00:00Z,AmazonBedrock,USW2-Claude4.6Sonnet-input-tokens,1,USD,0.01,Amazon Bedrock,
            1,Credit,2026-04-02T00:00:00Z,2026-04-03T00:00:00Z,AmazonBedrock,USW2-Claude4.6Sonnet-input-tokens,1,USD,-0.05,Amazon Bedrock,
            1,Usage,2026-04-02T09:00:00Z,2026-04-02T10:00:00Z,AmazonEC2,BoxUsage:t3.micro,1,USD,0.0104,Amazon EC2,Hrs
            """u8.ToArray());
        BillLine[] lines = [.. reader.Read(text, "cur")];

        Assert.Equal(("2026-04-02", "bedrock", "anthropic.claude-sonnet-4-6", TokenBucket.Input, "0.057189 USD"), Facts(lines[0]));
        Assert.Equal((17_330m, 9, "cur"), (lines[0].Tokens, lines[0].At!.Value.Hour, lines[0].Bill));
        Assert.Equal(("2026-04-02", "bedrock", "anthropic.claude-opus-4-7", TokenBucket.CacheRead, "1 USD"), Facts(lines[1]));
        Assert.Equal("global", lines[1].Region);
        Assert.Equal([BillLineKind.Usage, BillLineKind.Usage, BillLineKind.Tax, BillLineKind.Credit], lines.Select(line => line.Kind));
        Assert.Equal(1, reader.LeftOut);
    }

    [Fact]
    public void Aws_Cur2_HasOtherNames()
    {
        BillLine line = Assert.Single(Read("""
            line_item_line_item_type,line_item_usage_start_date,line_item_usage_end_date,line_item_product_code,line_item_usage_type,line_item_usage_amount,line_item_currency_code,line_item_unblended_cost,pricing_unit
            Usage,2026-04-02T00:00:00.000Z,2026-04-03T00:00:00.000Z,AmazonBedrockService,USE1-anthropic.claude-opus-4-8-mantle-cache-write-tokens-1h-standard,3,USD,0.0033,1K tokens
            """));

        Assert.Equal(("2026-04-02", "bedrock", "anthropic.claude-opus-4-8", TokenBucket.CacheWrite1h, "0.0033 USD"), Facts(line));
        Assert.Null(line.At); // a whole day
    }

    [Fact]
    public void Azure_Meters()
    {
        BillLine[] lines = Read("""
            Date,MeterCategory,MeterSubCategory,MeterName,ResourceLocation,Quantity,UnitOfMeasure,CostInBillingCurrency,BillingCurrencyCode,ChargeType
            04/02/2026,Cognitive Services,Azure OpenAI,gpt 4o 0806 cached Inp regnl Tokens,eastus,12.5,1K,0.017187,EUR,Usage
            04/02/2026,Foundry Models,Azure OpenAI GPT5,5.4 opt Dz 1M Tokens,eastus,0.5,1M,8.25,EUR,Usage
            04/02/2026,Cognitive Services,Speech,S1 Speech To Text,eastus,1,1 Hour,1.00,EUR,Usage
            04/02/2026,Virtual Machines,Dv3,D4 v3,eastus,24,1 Hour,4.6,EUR,Usage
            """);

        Assert.Equal(("2026-04-02", "azure", "gpt-4o-2024-08-06", TokenBucket.CacheRead, "0.017187 EUR"), Facts(lines[0]));
        Assert.Equal(12_500m, lines[0].Tokens);
        Assert.Equal(("2026-04-02", "azure", "gpt-5.4", TokenBucket.Output, "8.25 EUR"), Facts(lines[1]));
        Assert.Equal(("S1 Speech To Text", null), (lines[2].Name, lines[2].Model));
        Assert.Equal(3, lines.Length);
    }

    [Fact]
    public void Google_BigQuery_CreditsAreApart()
    {
        BillLine[] lines = Read("""
            {"service":{"id":"AEFD","description":"Gemini API"},"sku":{"id":"5CDC","description":"Generate content cached input token count gemini 2.5 flash input short text"},"usage_start_time":"2026-04-02 09:00:00 UTC","usage_end_time":"2026-04-02 10:00:00 UTC","cost":0.000123,"currency":"USD","usage":{"amount":4100.0,"unit":"count"},"credits":[{"name":"Free trial","amount":-0.0001,"type":"FREE_TRIAL"}],"cost_type":"regular","location":{"region":"us-central1"}}
            {"service":{"description":"BigQuery"},"sku":{"description":"Analysis"},"usage_start_time":"2026-04-02 09:00:00 UTC","usage_end_time":"2026-04-02 10:00:00 UTC","cost":1,"currency":"USD","credits":[],"cost_type":"regular"}
            """);

        Assert.Equal(("2026-04-02", "google", "gemini-2.5-flash", TokenBucket.CacheRead, "0.000123 USD"), Facts(lines[0]));
        Assert.Equal(4100m, lines[0].Tokens);
        Assert.Equal((BillLineKind.Credit, -0.0001m), (lines[1].Kind, lines[1].Amount.Amount));
        Assert.Equal(2, lines.Length);
    }

    // The table ends with sums, which state no day.
    [Fact]
    public void Google_ConsoleCsv_DaysAreThoseOfThePacific()
    {
        BillLine line = Assert.Single(Read("""
            Date,Service description,Service ID,SKU description,SKU ID,Usage amount,Usage unit,List cost ($),Unrounded subtotal ($),Subtotal ($)
            2026-04-02,Gemini API,AEFD,Generate content output token count gemini 3.7 flash text batch,2156,"200,000",count,0.38,0.375000,0.38
            ,,,,,,,Subtotal,0.375000,0.38
            """));

        Assert.Equal(("2026-04-02", "google", "gemini-3.7-flash", TokenBucket.Output, "0.375 USD"), Facts(line));
        Assert.Equal(("America/Los_Angeles", 200_000m, "batch", 6), (line.TimeZone, line.Tokens, line.Tier, line.Decimals));
    }

    [Fact]
    public void Focus_OfAwsAndAzure()
    {
        BillLine aws = Assert.Single(Read("""
            BilledCost,EffectiveCost,BillingCurrency,ChargeCategory,ChargePeriodStart,ChargePeriodEnd,ServiceName,SkuId,x_UsageType,ConsumedQuantity,ConsumedUnit
            0.33,0.33,USD,Usage,2026-04-02T09:00:00Z,2026-04-02T10:00:00Z,Amazon Bedrock,SKU1,USE1-Claude4.5Sonnet-input-tokens,100,1K tokens
            5,5,USD,Usage,2026-04-02T09:00:00Z,2026-04-02T10:00:00Z,Amazon EC2,SKU2,BoxUsage,1,Hrs
            """));
        BillLine azure = Assert.Single(Read("""
            BilledCost,BillingCurrency,ChargeCategory,ChargePeriodStart,ChargePeriodEnd,ServiceName,SkuId,x_SkuMeterName
            2.5,USD,Usage,2026-04-02T00:00:00Z,2026-04-03T00:00:00Z,Azure OpenAI,SKU3,gpt-4o-mini-0718-Inp-glbl Tokens
            """));

        Assert.Equal(("2026-04-02", "bedrock", "anthropic.claude-sonnet-4-5-20250929-v1:0", TokenBucket.Input, "0.33 USD"), Facts(aws));
        Assert.Equal(100_000m, aws.Tokens);
        Assert.Equal(("2026-04-02", "azure", "gpt-4o-mini-2024-07-18", TokenBucket.Input, "2.5 USD"), Facts(azure));
    }

    [Fact]
    public void Table_FoundOrMapped()
    {
        Assert.Equal(
            ("2026-04-02", "openai", "gpt-4o", TokenBucket.Input, "1234.5 EUR"),
            Facts(Assert.Single(Read("date;model;provider;kind;cost;currency\n2026-04-02;gpt-4o;OpenAI;input;1,234.50;EUR"))));

        BillReaderOptions options = new();
        options.Map.Add("day", "when");
        options.Map.Add("model", "what");
        options.Map.Add("cost", "usd");
        Assert.Equal(
            ("2026-04-02", null, "gpt-4o", null, "-0.5 USD"),
            Facts(Assert.Single(Read("when,what,usd\n2026-04-02,gpt-4o,(0.50)", options))));
        Assert.StartsWith("'bill' is not read as a bill: it has a, b; the map names others.", Refused("a,b\n1,2", options), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("day", "d", "The map of a bill lacks model and cost.")]
    [InlineData("modell", "d", "'modell' cannot be mapped. Did you mean model? Fields of a bill: day, model, cost, currency, provider, tier, region, kind, tokens.")]
    public void Map_NotOfABill_IsRefused(string field, string column, string message)
    {
        BillReaderOptions options = new();
        options.Map.Add(field, column);

        Assert.Equal(message, Assert.Throws<ArgumentException>(() => new BillReader(options)).Message);
    }

    [Theory]
    [InlineData("", "'bill' is not read as a bill: it is empty.")]
    [InlineData("date,model,cost\n2026-04-02,gpt-4o,much", "'bill' is not read as a bill: Column cost is 'much', not an amount such as 1234.56.")]
    [InlineData("date,model,cost\nsoon,gpt-4o,1", "'bill' is not read as a bill: Column date is 'soon', not a day such as 2026-04-02.")]
    [InlineData("date,model,cost\n2026-04-02,,1", "'bill' is not read as a bill: A row has a cost and no model.")]
    public void Bill_NotReadable_SaysWhy(string text, string message) => Assert.Equal(message, Refused(text));

    [Theory]
    [InlineData("true,false", false)]
    [InlineData("false,true", true)]
    public void Pages_ThatFollow_AreMissed(string more, bool lacksPages)
    {
        BillReader reader = new();
        foreach (string one in more.Split(','))
        {
            using MemoryStream page = new(Encoding.UTF8.GetBytes(
                $$"""{"data":[{"starting_at":"2026-04-02T00:00:00Z","results":[{"currency":"USD","amount":"1","description":null}]}],"has_more":{{one}}}"""));
            Assert.Single(reader.Read(page, "bill"));
        }

        Assert.Equal(lacksPages, reader.LacksPages);
    }

    [Fact]
    public void Bill_OfNoKnownShape_NamesWhatItHas() => Assert.StartsWith(
        "'bill' is not read as a bill: it has id, usage. Known are reports of OpenAI's costs API, ",
        Refused("""{"id":"x","usage":{"input":1}}"""),
        StringComparison.Ordinal);
}
