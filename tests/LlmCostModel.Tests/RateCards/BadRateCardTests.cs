using System.Text;

namespace LlmCostModel.Tests.RateCards;

/// <summary>What is invalid in a rate card, each with the whole message that its author reads.</summary>
public class BadRateCardTests
{
    private const string P = "\"PerMillionTokens\": { \"Input\": 1, \"Output\": 2 }";

    private const string Buckets = "Input, CacheRead, CacheWrite, CacheWrite5m, CacheWrite30m, CacheWrite1h, CacheWrite12h, AudioInput, AudioCacheRead, ImageInput, ImageCacheRead, VideoInput, VideoCacheRead, Output, Reasoning, AudioOutput, ImageOutput, VideoOutput";

    public static TheoryData<string, string> BadModels => new()
    {
        {
            """{ "PerMillionTokens": { "Input": -1, "Output": 2 } }""",
            """card:Models:m:PerMillionTokens:Input: '-1' is negative; a price must be 0 or more. Write a number such as 0.55, 0 for free, or leave it out when the price is not known."""
        },
        {
            """{ "PerMillionTokens": { "Input": "one", "Output": 2 } }""",
            """card:Models:m:PerMillionTokens:Input: 'one' is not a price. Write a number such as 0.55 with a point, 0 for free, or leave it out when the price is not known."""
        },
        {
            """{ "PerMillionTokens": { "Input": "1,5", "Output": 2 } }""",
            """card:Models:m:PerMillionTokens:Input: '1,5' is not a price. Write a number such as 0.55 with a point, 0 for free, or leave it out when the price is not known."""
        },
        {
            """{ "PerMillionTokens": { "Input": "1e2x", "Output": 2 } }""",
            """card:Models:m:PerMillionTokens:Input: '1e2x' is not a price. Write a number such as 0.55 with a point, 0 for free, or leave it out when the price is not known."""
        },
        {
            """{ "PerMillionTokens": { "Input": true, "Output": 2 } }""",
            """card:Models:m:PerMillionTokens:Input: 'true' is not a price. Write a number such as 0.55 with a point, 0 for free, or leave it out when the price is not known."""
        },
        {
            """{ "PerMillionTokens": { "Input": "NaN", "Output": 2 } }""",
            """card:Models:m:PerMillionTokens:Input: 'NaN' is not a price. Write a number such as 0.55 with a point, 0 for free, or leave it out when the price is not known."""
        },
        {
            """{ "PerMillionTokens": { "Input": "Infinity", "Output": 2 } }""",
            """card:Models:m:PerMillionTokens:Input: 'Infinity' is not a price. Write a number such as 0.55 with a point, 0 for free, or leave it out when the price is not known."""
        },
        {
            """{ "PerMillionTokens": { "Input": 1e40, "Output": 2 } }""",
            """card:Models:m:PerMillionTokens:Input: '1e40' is not a price. Write a number such as 0.55 with a point, 0 for free, or leave it out when the price is not known."""
        },
        {
            """{ "PerMillionTokens": { "Input": 0.12345678901234567890123, "Output": 2 } }""",
            """card:Models:m:PerMillionTokens:Input: '0.12345678901234567890123' is too precise: at most 22 decimals and 28 digits are exact. Round it to the price that the provider publishes."""
        },
        {
            """{ "PerMillionTokens": { "Inptu": 1, "Output": 2 } }""",
            """card:Models:m:PerMillionTokens:Inptu: the name 'Inptu' is not known. Did you mean 'Input'?"""
        },
        {
            """{ "PerMillionTokens": { "Prompt": 1, "Output": 2 } }""",
            $$"""card:Models:m:PerMillionTokens:Prompt: the name 'Prompt' is not known. Known here: {{Buckets}}."""
        },
        {
            """{ "PerMillionTokens": 3 }""",
            $$"""card:Models:m:PerMillionTokens: '3' is a value where a set of names is expected. Write an object with some of: {{Buckets}}."""
        },
        {
            """{ "PerMillionToken": { "Input": 1 } , "PerMeter": { "Page": 1 } }""",
            """card:Models:m:PerMillionToken: the name 'PerMillionToken' is not known. Did you mean 'PerMillionTokens'?"""
        },
        {
            $$"""{ {{P}}, "Mdoe": 1 }""",
            """card:Models:m:Mdoe: the name 'Mdoe' is not known. Known here: Id, Aliases, Limits, Versions, From, Beginning, Until, Status, Source, AsOf, Basis, GuaranteedUntil, Note, PerMillionTokens, PerMeter, BilledAs, Defaults, MinimumCharge, Rules, Never."""
        },
        {
            """{ "PerMillionTokens": { "Input": 1, "input": 2 } }""",
            """card:Models:m:PerMillionTokens:input: is given twice. Keep one of them."""
        },
        {
            """{ }""",
            """card:Models:m: has no prices. Add PerMillionTokens, PerMeter or Rules; 0 is free."""
        },
        {
            $$"""{ {{P}}, "Until": "2025-01-01", "From": "2025-01-01" }""",
            """card:Models:m:Until: '2025-01-01T00:00:00Z' is not after From. Until is the first instant at which the prices no longer hold."""
        },
        {
            $$"""{ {{P}}, "From": "27.01.2025" }""",
            """card:Models:m:From: '27.01.2025' is not an instant. Write a date (midnight UTC) such as 2025-09-29, or an instant with its offset such as 2025-09-05T16:00:00Z."""
        },
        {
            $$"""{ {{P}}, "From": "2025-01-27T12:00:00" }""",
            """card:Models:m:From: '2025-01-27T12:00:00' is not an instant. Write a date (midnight UTC) such as 2025-09-29, or an instant with its offset such as 2025-09-05T16:00:00Z."""
        },
        {
            $$"""{ {{P}}, "Status": "announced" }""",
            """card:Models:m:From: is missing on an announced version. Write the instant for which the prices are announced."""
        },
        {
            $$"""{ {{P}}, "Status": "rumored" }""",
            """card:Models:m:Status: 'rumored' is not a known word. Write one of: Confirmed, Announced."""
        },
        {
            $$"""{ {{P}}, "AsOf": "January" }""",
            """card:Models:m:AsOf: 'January' is not a date. Write year, month and day, such as 2025-01-27."""
        },
        {
            $$"""{ {{P}}, "MinimumCharge": -0.5 }""",
            """card:Models:m:MinimumCharge: '-0.5' is negative; a price must be 0 or more. Write a number such as 0.55, 0 for free, or leave it out when the price is not known."""
        },
        {
            $$"""{ {{P}}, "BilledAs": { "Reasoning": "Outptu" } }""",
            $$"""card:Models:m:BilledAs:Reasoning: 'Outptu' is not a token bucket. Write one of: {{Buckets}}."""
        },
        {
            $$"""{ {{P}}, "BilledAs": { "Thinking": "Output" } }""",
            $$"""card:Models:m:BilledAs:Thinking: the name 'Thinking' is not known. Known here: {{Buckets}}."""
        },
        {
            $$"""{ {{P}}, "BilledAs": { "Input": "Output" } }""",
            """card:Models:m:BilledAs:Input: 'Output' contradicts the price that Input has of its own. Keep one of them."""
        },
        {
            $$"""{ {{P}}, "BilledAs": { "Reasoning": "AudioOutput" } }""",
            """card:Models:m:BilledAs:Reasoning: 'AudioOutput' is a bucket without a price. Add 'AudioOutput' to PerMillionTokens."""
        },
        {
            $$"""{ {{P}}, "BilledAs": { "Reasoning": "AudioOutput", "AudioOutput": "Reasoning" } }""",
            """card:Models:m:BilledAs:Reasoning: 'AudioOutput' leads back to itself. Let the last bucket of the chain have a price.""" + "\n" + """card:Models:m:BilledAs:AudioOutput: 'Reasoning' leads back to itself. Let the last bucket of the chain have a price."""
        },
        {
            $$"""{ {{P}}, "Aliases": [ "m" ] }""",
            """card:Models:m:Aliases: 'm' is an alias that card:Models:m has already. Ids and aliases must be unique at a provider; remove one."""
        },
        {
            $$"""{ {{P}}, "Aliases": [ "a", "a" ] }""",
            """card:Models:m:Aliases: 'a' is an alias that card:Models:m has already. Ids and aliases must be unique at a provider; remove one."""
        },
        {
            $$"""{ "Versions": [ { "Until": "2025-06-01", {{P}} }, { "From": "2025-05-01", {{P}} } ] }""",
            """card:Models:m:Versions:1:From: '2025-05-01T00:00:00Z' is before the version ahead of it ends (2025-06-01T00:00:00Z). Let versions follow one another; leave Until out where the next one begins."""
        },
        {
            $$"""{ "Versions": [ { "From": "2025-05-01", {{P}} }, { "From": "2025-05-01", {{P}} } ] }""",
            """card:Models:m:Versions:1:From: '2025-05-01T00:00:00Z' is the same as that of another version. Give every version its own From."""
        },
        {
            $$"""{ "Versions": [ { "From": "2025-05-01", {{P}} } ], {{P}} }""",
            """card:Models:m:PerMillionTokens: stands beside Versions. Move it into the versions that it is meant for."""
        },
        {
            $$"""{ "Versions": [ { "Id": "x", {{P}} } ] }""",
            """card:Models:m:Versions:0:Id: the name 'Id' is not known. Known here: From, Beginning, Until, Status, Source, AsOf, Basis, GuaranteedUntil, Note, PerMillionTokens, PerMeter, BilledAs, Defaults, MinimumCharge, Rules, Never."""
        },
        {
            """{ "PerMeter": { "Input": 1 } }""",
            """card:Models:m:PerMeter:Input: 'Input' counts tokens, it is not a meter. Move it to PerMillionTokens."""
        },
        {
            """{ "PerMeter": { "Page": { "Per": 1000 } } }""",
            """card:Models:m:PerMeter:Page: has no Price. Add 'Price', 0 for free."""
        },
        {
            """{ "PerMeter": { "Page": { "Price": 1, "Per": 0 } } }""",
            """card:Models:m:PerMeter:Page:Per: '0' must be greater than 0 units. Write a number greater than 0, or leave it out."""
        },
        {
            """{ "PerMeter": { "Page": { "Price": 1, "Increment": 0 } } }""",
            """card:Models:m:PerMeter:Page:Increment: '0' must be greater than 0 units. Write a number greater than 0, or leave it out."""
        },
        {
            """{ "PerMeter": { "Page": { "Price": 1, "Free": -1 } } }""",
            """card:Models:m:PerMeter:Page:Free: '-1' is negative; a number must be 0 or more. Write a number such as 0.55, or leave it out where there is none."""
        },
        {
            """{ "PerMeter": { "Page": { "Price": 1, "Steps": [ { "Price": 0.5 } ] } } }""",
            """card:Models:m:PerMeter:Page:Steps:0: has no Above. Add 'Above'."""
        },
        {
            """{ "PerMeter": { "Page": { "Price": 1, "Steps": [ { "Above": 100, "Price": 0.5 }, { "Above": 50, "Price": 0.4 } ] } } }""",
            """card:Models:m:PerMeter:Page:Steps:1:Above: '50' is not beyond what comes before it (100 units). List steps by ascending volume, beyond what is free."""
        },
        {
            $$"""{ {{P}}, "Rules": [ { "When": { "Tier": "batch" }, "Multiply": 0.5 } ] }""",
            """card:Models:m:Rules:0:Name: is missing. Name the rule; receipts show it."""
        },
        {
            $$"""{ {{P}}, "Rules": [ { "Name": "a", "When": { "Tier": "batch" }, "Multiply": 0.5 }, { "Name": "a", "When": { "Tier": "flex" }, "Multiply": 0.5 } ] }""",
            """card:Models:m:Rules:1:Name: 'a' is the name of another rule of this list. Give every rule a name of its own."""
        },
        {
            $$"""{ {{P}}, "Rules": [ { "Name": "a", "When": { "Tier": "batch" } } ] }""",
            """card:Models:m:Rules:0: 'a' changes nothing. Add PerMillionTokens, PerMeter, Multiply, Unpriced, AddPerMillionTokens, PercentFee or FixedFee."""
        },
        {
            $$"""{ {{P}}, "Rules": [ { "Name": "a", "When": { "Tier": "batch" }, "Multiply": -0.5 } ] }""",
            """card:Models:m:Rules:0:Multiply: '-0.5' is negative; a number must be 0 or more. Write a number such as 0.55, or leave it out where there is none."""
        },
        {
            $$"""{ {{P}}, "Rules": [ { "Name": "a", "When": { "Tier": "batch" }, "Multiply": 0.5, "On": [ "Token" ] } ] }""",
            """card:Models:m:Rules:0:On: 'Token' is neither a token bucket, a group nor a meter of this version. Write Tokens, InputTokens, OutputTokens, Units, a bucket such as Output, or a name from PerMeter."""
        },
        {
            $$"""{ {{P}}, "Rules": [ { "Name": "a", "When": { "Tier": "batch" }, "On": [ "Tokens" ], "PerMillionTokens": { "Input": 1 } } ] }""",
            """card:Models:m:Rules:0:On: 'Tokens' has no effect without Multiply or Unpriced. Add one of them, or remove On."""
        },
        {
            $$"""{ {{P}}, "Rules": [ "batch" ] }""",
            """card:Models:m:Rules:0: 'batch' is not a rule of the card. Write the rule itself, or name one of the card's Rules."""
        },
        {
            $$"""{ {{P}}, "Rules": [ { "Name": "a", "When": { "Region": "*" }, "Unpriced": true, "Multiply": 2 } ] }""",
            """card:Models:m:Rules:0:Unpriced: 'true' stands beside other effects. Say what is not known in a rule of its own."""
        },
        {
            $$"""{ {{P}}, "Rules": [ { "Name": "a", "When": { "Region": [ "eu-*-1", "!us" ] }, "Multiply": 2 }, { "Name": "b", "When": { "Region": [ "!us-*", "!eu" ] }, "Multiply": 2 } ] }""",
            """card:Models:m:Rules:0:When:Region: 'eu-*-1' is not a region. Write a name, a beginning such as eu-*, or * for any region; ! in front leaves out.""" + "\n" + """card:Models:m:Rules:1:When:Region: '!us-*, !eu' only leaves regions out. Add the regions that they are left out of, such as *."""
        },
        {
            $$"""{ {{P}}, "Rules": [ { "Name": "a", "When": { "Tir": "batch" }, "Multiply": 0.5 } ] }""",
            """card:Models:m:Rules:0:When:Tir: the name 'Tir' is not known. Did you mean 'Tier'?"""
        },
        {
            $$"""{ {{P}}, "Rules": [ { "Name": "a", "When": { "TotalInputAbove": -5 }, "Multiply": 2 } ] }""",
            """card:Models:m:Rules:0:When:TotalInputAbove: '-5' is not a whole number of tokens from 0 to 9223372036854775807. Write digits only, such as 200000."""
        },
        {
            $$"""{ {{P}}, "Rules": [ { "Name": "a", "When": { "TotalInputAbove": "200k" }, "Multiply": 2 } ] }""",
            """card:Models:m:Rules:0:When:TotalInputAbove: '200k' is not a whole number of tokens from 0 to 9223372036854775807. Write digits only, such as 200000."""
        },
        {
            $$"""{ {{P}}, "Rules": [ { "Name": "a", "When": { "TotalInputAbove": 1.5 }, "Multiply": 2 } ] }""",
            """card:Models:m:Rules:0:When:TotalInputAbove: '1.5' is not a whole number of tokens from 0 to 9223372036854775807. Write digits only, such as 200000."""
        },
        {
            $$"""{ {{P}}, "Rules": [ { "Name": "a", "When": { "TotalInputAbove": 200, "TotalInputUpTo": 100 }, "Multiply": 2 } ] }""",
            """card:Models:m:Rules:0:When: 'TotalInputAbove 200, TotalInputUpTo 100' holds for no number of tokens. The upper bound must be beyond the lower one."""
        },
        {
            $$"""{ {{P}}, "Rules": [ { "Name": "a", "When": { "TotalInputAbove": 200 }, "Multiply": 2, "Mode": "Sliding" } ] }""",
            """card:Models:m:Rules:0:Mode: 'Sliding' is not a known word. Write one of: WholeRequest, Marginal."""
        },
        {
            $$"""{ {{P}}, "Rules": [ { "Name": "a", "When": { "Tier": "batch" }, "Multiply": 2, "Mode": "Marginal" } ] }""",
            """card:Models:m:Rules:0:Mode: 'Marginal' needs exactly one Above or From threshold in When. Add one such as TotalInputAbove, or use WholeRequest."""
        },
        {
            $$"""{ {{P}}, "Rules": [ { "Name": "a", "When": { "TotalInputAbove": 200 }, "Multiply": 2, "Mode": "Marginal" } ] }""",
            """card:Models:m:Rules:0: 'a' is marginal over input tokens but changes other prices, of which no part lies beyond the threshold. Change only prices of input tokens (with Multiply, name them in On), or use WholeRequest."""
        },
        {
            $$"""{ {{P}}, "Rules": [ { "Name": "a", "When": { "TotalInputAbove": 200 }, "PerMillionTokens": { "Output": 3 }, "Mode": "Marginal" } ] }""",
            """card:Models:m:Rules:0: 'a' is marginal over input tokens but changes other prices, of which no part lies beyond the threshold. Change only prices of input tokens (with Multiply, name them in On), or use WholeRequest."""
        },
        {
            $$"""{ {{P}}, "Rules": [ { "Name": "a", "When": { "TotalInputAbove": 200 }, "Mode": "Marginal", "PerMillionTokens": { "Input": 3 } }, { "Name": "b", "When": { "FreshInputAbove": 300 }, "Mode": "Marginal", "PerMillionTokens": { "Input": 4 } } ] }""",
            """card:Models:m:Rules: 'b' is marginal over FreshInput while 'a' is over TotalInput. Use one basis for all marginal input rules of a version."""
        },
        {
            $$"""{ {{P}}, "Rules": [ { "Name": "a", "When": { "TotalInputAbove": 100, "TotalInputUpTo": 200 }, "PerMillionTokens": { "Input": 3 } }, { "Name": "b", "When": { "TotalInputAbove": 300 }, "PerMillionTokens": { "Input": 4 } } ] }""",
            """card:Models:m:Rules:1:When: 'TotalInputAbove 300' leaves a gap of 100 tokens after 'a', which ends at 200 tokens. Let one tier end where the next begins, or give no upper bound."""
        },
        {
            $$"""{ {{P}}, "Rules": [ { "Name": "a", "When": { "TotalInputAbove": 100, "TotalInputUpTo": 300 }, "PerMillionTokens": { "Input": 3 } }, { "Name": "b", "When": { "TotalInputAbove": 200, "TotalInputUpTo": 400 }, "PerMillionTokens": { "Input": 4 } } ] }""",
            """card:Models:m:Rules:1:When: 'TotalInputAbove 200, TotalInputUpTo 400' overlaps 'a', which ends at 300 tokens. Let one tier end where the next begins, or give no upper bound."""
        },
        {
            $$"""{ {{P}}, "Rules": [ { "Name": "a", "When": { "TotalInputAbove": 300 }, "PerMillionTokens": { "Input": 4 } }, { "Name": "b", "When": { "TotalInputAbove": 200 }, "PerMillionTokens": { "Input": 3 } } ] }""",
            """card:Models:m:Rules:1:When: 'TotalInputAbove 200' is listed after 'a', whose threshold is higher, and would override it. List tiers by ascending threshold."""
        },
        {
            $$"""{ {{P}}, "Rules": [ { "Name": "a", "When": { "TotalInputAbove": 200 }, "PerMillionTokens": { "Input": 4 } }, { "Name": "b", "When": { "TotalInputAbove": 200 }, "PerMillionTokens": { "Input": 3 } } ] }""",
            """card:Models:m:Rules:1:When: 'TotalInputAbove 200' begins at the same number of tokens as 'a'. Give every tier a threshold of its own."""
        },
        {
            $$"""{ {{P}}, "Rules": [ { "Name": "a", "When": { "Daily": "01:00-04:00", "TimeZone": "Mars/Olympus" }, "Multiply": 2 } ] }""",
            """card:Models:m:Rules:0:When:TimeZone: 'Mars/Olympus' is not a time zone of this system. Write an IANA name such as Asia/Shanghai, or UTC."""
        },
        {
            $$"""{ {{P}}, "Rules": [ { "Name": "a", "When": { "Daily": "1-4", "TimeZone": "UTC" }, "Multiply": 2 } ] }""",
            """card:Models:m:Rules:0:When:Daily: '1-4' is not a daily window. Write local times as HH:mm-HH:mm, such as 16:30-00:30; the end of the day is 24:00."""
        },
        {
            $$"""{ {{P}}, "Rules": [ { "Name": "a", "When": { "Daily": "25:00-26:00", "TimeZone": "UTC" }, "Multiply": 2 } ] }""",
            """card:Models:m:Rules:0:When:Daily: '25:00-26:00' is not a daily window. Write local times as HH:mm-HH:mm, such as 16:30-00:30; the end of the day is 24:00."""
        },
        {
            $$"""{ {{P}}, "Rules": [ { "Name": "a", "When": { "Daily": "04:00-04:00", "TimeZone": "UTC" }, "Multiply": 2 } ] }""",
            """card:Models:m:Rules:0:When:Daily: '04:00-04:00' is a window without length. Write 00:00-24:00 for the whole day."""
        },
        {
            $$"""{ {{P}}, "Rules": [ { "Name": "a", "When": { "Daily": [ "01:00-04:00", "03:00-05:00" ], "TimeZone": "UTC" }, "Multiply": 2 } ] }""",
            """card:Models:m:Rules:0:When:Daily:1: '03:00-05:00' overlaps 01:00-04:00. Windows of one rule must not overlap; merge them."""
        },
        {
            $$"""{ {{P}}, "Rules": [ { "Name": "a", "When": { "Daily": [ "22:00-02:00", "01:00-03:00" ], "TimeZone": "UTC" }, "Multiply": 2 } ] }""",
            """card:Models:m:Rules:0:When:Daily:1: '01:00-03:00' overlaps 22:00-02:00. Windows of one rule must not overlap; merge them."""
        },
        {
            $$"""{ {{P}}, "Rules": [ { "Name": "a", "When": { "Days": "Montag", "TimeZone": "UTC" }, "Multiply": 2 } ] }""",
            """card:Models:m:Rules:0:When:Days: 'Montag' is not a list of weekdays. Write days or ranges such as Mon-Fri or Sat, Sun."""
        },
        {
            $$"""{ {{P}}, "Rules": [ { "Name": "a", "When": { "TimeZone": "UTC" }, "Multiply": 2 } ] }""",
            """card:Models:m:Rules:0:When:TimeZone: 'UTC' has no effect without Days or Daily. Add the hours it is meant for, or leave it out."""
        },
        {
            $$"""{ {{P}}, "Rules": [ { "Name": "a", "When": { "From": "2025-02-01", "Until": "2025-01-01" }, "Multiply": 2 } ] }""",
            """card:Models:m:Rules:0:When:Until: '2025-01-01T00:00:00Z' is not after From. Until is the first instant at which the rule no longer applies."""
        },
        {
            $$"""{ {{P}}, "Rules": [ { "Name": "a", "When": { "Attributes": { "quality": [ ] } }, "Multiply": 2 } ] }""",
            """card:Models:m:Rules:0:When:Attributes:quality: has no value to compare with. Write the value, or a list of values, for which the rule applies."""
        },
        {
            $$"""{ {{P}}, "Rules": [ { "Name": "a", "When": { "Tier": "batch" }, "PercentFee": -1 } ] }""",
            """card:Models:m:Rules:0:PercentFee: '-1' is negative; a number must be 0 or more. Write a number such as 0.55, or leave it out where there is none."""
        },
        {
            $$"""{ {{P}}, "Rules": [ { "Name": "a", "When": { "Tier": "batch" }, "FixedFee": "free" } ] }""",
            """card:Models:m:Rules:0:FixedFee: 'free' is not a price. Write a number such as 0.55 with a point, 0 for free, or leave it out when the price is not known."""
        },
        {
            $$"""{ {{P}}, "Rules": [ { "Name": "a", "When": { "Tier": "batch" }, "Multiply": 0.5 } ], "Never": [ [ "batch" ] ] }""",
            """card:Models:m:Never:0: 'batch' is not a combination. List at least two names that cannot occur together."""
        },
    };

    public static TheoryData<string, string> BadCards => new()
    {
        {
            """[ 1 ]""",
            """card: is a list, not a rate card. Write an object with Currency and Models."""
        },
        {
            $$"""{ "Models": { "m": { {{P}} } } }""",
            """card: has no Currency. Add the ISO 4217 code of all its amounts, such as "Currency": "USD"."""
        },
        {
            $$"""{ "Currency": "DOLLAR", "Models": { "m": { {{P}} } } }""",
            """card:Currency: 'DOLLAR' is not an ISO 4217 currency code. Write a code such as USD, EUR or CNY."""
        },
        {
            """{ "Currency": "USD" }""",
            """card: has no Models. Add at least one model with its prices."""
        },
        {
            """{ "Currency": "USD", "Models": { } }""",
            """card: has no Models. Add at least one model with its prices."""
        },
        {
            $$"""{ "Currency": "USD", "FirstParty": "perhaps", "Models": { "m": { {{P}} } } }""",
            """card:FirstParty: 'perhaps' is neither true nor false. Write true or false."""
        },
        {
            $$"""{ "Currency": "USD", "Curency": "EUR", "Models": { "m": { {{P}} } } }""",
            """card:Curency: the name 'Curency' is not known. Did you mean 'Currency'?"""
        },
        {
            $$"""{ "Currency": "USD", "AsOf": "2025-13-01", "Models": { "m": { {{P}} } } }""",
            """card:AsOf: '2025-13-01' is not a date. Write year, month and day, such as 2025-01-27."""
        },
        {
            $$"""{ "Currency": "USD", "Models": { "m": { {{P}} }, "n": { "Aliases": [ "m" ], {{P}} } } }""",
            """card:Models:n:Aliases: 'm' is an alias that card:Models:m has already. Ids and aliases must be unique at a provider; remove one."""
        },
        {
            $$"""{ "Currency": "USD", "Models": { "m": { {{P}} }, "n": { "Id": "m", {{P}} } } }""",
            """card:Models:n: 'm' is an id that card:Models:m has already. Ids and aliases must be unique at a provider; remove one."""
        },
        {
            $$"""{ "Currency": "USD", "Models": { "m": { {{P}} }, "m": { {{P}} } } }""",
            """card: is not valid JSON: Duplicate property 'm' encountered during deserialization."""
        },
        {
            $$"""{ "Currency": "USD", "Models": { "m": { {{P}} } }""",
            """card: is not valid JSON: it ends too early. There is an open JSON object or array that should be closed (line 1, byte 92)."""
        },
        {
            """{ "Currency": "USD", "Models": { "m": null } }""",
            """card:Models:m: has no prices. Add PerMillionTokens, PerMeter or Rules; 0 is free."""
        },
        {
            """{ "Currency": "USD", "Models": { "m": "gpt-4o" } }""",
            """card:Models:m: 'gpt-4o' is a value where a set of names is expected. Write an object with some of: Id, Aliases, Limits, Versions, From, Beginning, Until, Status, Source, AsOf, Basis, GuaranteedUntil, Note, PerMillionTokens, PerMeter, BilledAs, Defaults, MinimumCharge, Rules, Never."""
        },
    };

    [Theory]
    [MemberData(nameof(BadModels))]
    public void Parse_BadModel_TellsTheFault(string model, string faults) =>
        Assert.Equal(faults, Refusal($$"""{ "Currency": "USD", "Models": { "m": {{model}} } }"""));

    [Theory]
    [MemberData(nameof(BadCards))]
    public void Parse_BadCard_TellsTheFault(string card, string faults) => Assert.Equal(faults, Refusal(card));

    [Fact]
    public void Parse_ManyFaults_TellsAllAtOnce()
    {
        string faults = Refusal("""
            { "Currency": "DOLLAR", "Models": {
              "a": { "PerMillionTokens": { "Input": -1, "Output": "x" } },
              "b": { "PerMillionTokens": { "Input": 1 }, "Rules": [ { "Name": "r", "When": { "TimeZone": "UTC" }, "Multiply": 2 } ] } } }
            """);

        Assert.Equal(4, faults.Split('\n').Length);
        Assert.Contains("card:Models:a:PerMillionTokens:Input", faults, StringComparison.Ordinal);
        Assert.Contains("card:Models:a:PerMillionTokens:Output", faults, StringComparison.Ordinal);
        Assert.Contains("card:Models:b:Rules:0:When:TimeZone", faults, StringComparison.Ordinal);
        Assert.Contains("card:Currency", faults, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(100_000)]
    public void Parse_DepthBomb_IsRefused(int depth)
    {
        string bomb = new string('[', depth) + new string(']', depth);

        Assert.StartsWith("card: is not valid JSON", Refusal(bomb), StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_TooLarge_IsRefusedUnread() =>
        Assert.StartsWith("card: ", Assert.Throws<RateCardException>(() => RateCardJson.Parse(new byte[RateCardJson.MaxBytes + 1], "card")).Message, StringComparison.Ordinal);

    private static string Refusal(string json) => Assert.Throws<RateCardException>(() => RateCardJson.Parse(Encoding.UTF8.GetBytes(json), "card")).Message;
}
