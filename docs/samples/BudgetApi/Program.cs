using System.Globalization;
using BudgetApi;
using LlmCostModel;
using LlmCostModel.Budgets;
using LlmCostModel.Extensions.AI;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.AI;

// With --try: starts this API as a process of its own, asks for several users at once, kills it on the way, and adds up.
if (args is ["--try", .. string[] store])
{
    return await Trial.RunAsync(store);
}

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
builder.Services.AddLlmCostModel(builder.Configuration);
builder.Services.AddLlmBudgets(builder.Configuration);
if (builder.Configuration["Redis"] is { } redis)
{
    builder.Services.AddRedisBudgetStore(redis, options => options.Deadline = TimeSpan.FromSeconds(1));
}
else
{
    builder.Services.AddSqliteBudgetStore(builder.Configuration["Sqlite"] ?? Path.Combine(AppContext.BaseDirectory, "budgets.db"));
}

// The budget is asked just before a call is priced; behind both is the model, which takes its time.
builder.Services.AddChatClient(new ScriptedModel())
    .UseBudget()
    .UseCostTracking()
    .Use(async (messages, options, next, cancellationToken) =>
    {
        await Task.Delay(50, cancellationToken);
        await next(messages, options, cancellationToken);
    });

WebApplication app = builder.Build();

// Who asks comes from the sign-in of your application; a header stands for it here.
app.MapPost("/chat", async ([FromHeader(Name = "X-User")] string user, Question asked, IChatClient chat, BudgetLedger ledger, HttpResponse response) =>
{
    if (Wrong(user) is { } wrong)
    {
        return wrong;
    }

    if (string.IsNullOrWhiteSpace(asked.Text))
    {
        return Refused("The body has no text: write { \"text\": \"...\" }.");
    }

    using CostScope scope = CostScope.Begin(("user", user));
    try
    {
        ChatResponse answer = await chat.GetResponseAsync(asked.Text, new ChatOptions { MaxOutputTokens = 1_000 });
        BudgetStatus budget = (await ledger.GetStatusAsync(Tags(user)))[0];
        return Results.Ok(new { answer = answer.Text, cost = scope.Totals.ToString(), left = budget.Remaining });
    }
    catch (BudgetExceededException error)
    {
        return Denied(error.Denial, response);
    }
    catch (BudgetStoreException error) // nobody knows whether there is room, so the answer is not that there is none
    {
        response.Headers.RetryAfter = "1";
        return Results.Problem(error.Message, title: "Budgets are not available", statusCode: StatusCodes.Status503ServiceUnavailable);
    }
});

app.MapGet("/budget", async ([FromHeader(Name = "X-User")] string user, BudgetLedger ledger) =>
    Wrong(user) ?? Results.Ok(await ledger.GetStatusAsync(Tags(user))));

app.Run();
return 0;

// 429 and when to come back where waiting helps, 402 where it does not; the denial says what is left, and has no name of a user in it.
static IResult Denied(BudgetDenial denial, HttpResponse response)
{
    if (denial.RetryAfter is { } wait)
    {
        response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
    }

    return Results.Problem(
        denial.Message,
        title: "The budget is used up",
        statusCode: denial.RetryAfter is null ? StatusCodes.Status402PaymentRequired : StatusCodes.Status429TooManyRequests,
        extensions: new Dictionary<string, object?> { ["denial"] = denial });
}

// A budget is kept per value of a tag, of 1 to 512 characters.
static IResult? Wrong(string user) =>
    string.IsNullOrWhiteSpace(user) || user.Length > 512 ? Refused("The header X-User has to be the name of a user, of 1 to 512 characters.") : null;

static IResult Refused(string reason) => Results.Problem(reason, title: "The request is not valid", statusCode: StatusCodes.Status400BadRequest);

static Dictionary<string, string> Tags(string user) => new() { ["user"] = user };

internal sealed record Question(string? Text);
