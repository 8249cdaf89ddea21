namespace LlmCostModel.Planning;

/// <summary>What an item of a job is, and how the job is called other than its sample was.</summary>
public sealed class JobOptions
{
    /// <summary>Gets or sets the tag that says which calls are of one item, such as <c>session</c>.</summary>
    /// <value>Default <see langword="null"/>: every call is an item.</value>
    public string? ItemTag { get; set; }

    /// <summary>Gets or sets the instant whose prices apply.</summary>
    /// <value>Default <see langword="null"/>: those of the calls' own instants.</value>
    public DateTimeOffset? At { get; set; }

    /// <summary>Gets or sets another model, which is taken to consume the same tokens.</summary>
    /// <value>Default <see langword="null"/>: the models of the sample.</value>
    public string? Model { get; set; }

    /// <summary>Gets or sets what the job is called with where that differs, such as a tier of <c>batch</c>.</summary>
    /// <value>Default: as the sample was.</value>
    public CallContext Context { get; set; }

    /// <summary>A call of the sample as one of the job.</summary>
    internal ModelCall Change(ModelCall call)
    {
        UsageReading reading = call.Reading;
        CallContext context = Context with { At = At ?? Context.At };
        if (Model is not null)
        {
            reading = reading with { Model = Model, Reported = null };
        }

        // What was served wins over what is asked, so the job's own wishes stand where the sample's service stood.
        return call with
        {
            At = context.At ?? call.At,
            RequestedModel = Model ?? call.RequestedModel,
            Asked = context.Or(Model is null ? call.Asked : call.Asked with { Provider = null, Deployment = null }),
            Reading = reading with { Served = context.Or(reading.Served) },
        };
    }
}
