namespace ArchRouter;

/// <summary>Finds the engines that settings ask for among those that the application has.</summary>
internal sealed class EnginePlanner(EngineSettings settings, IEnumerable<EngineKind> kinds, IServiceProvider services, List<RouteTableProblem> problems)
{
    private readonly EngineKind[] _kinds = [.. kinds.Reverse(), RemoteEngineKind.Keyed];

    /// <summary>The plan; null when problems were added, or when nothing is configured and there is no encoder either.</summary>
    public EnginePlan? Plan()
    {
        int before = problems.Count;
        EnginePlan? plan = settings.Engine is { } named && !ConfigKeys.Same(named.Value, EngineSettings.Auto) ? Named(named) : Auto();
        if (plan is not null)
        {
            Check(plan);
        }

        return problems.Count > before ? null : plan;
    }

    private EnginePlan? Named(EngineSetting<string> named) => Find(named.Value, named.Location) is { } kind ? new(kind, null, settings) : null;

    private EnginePlan? Auto()
    {
        if (settings.Location is not { } location)
        {
            return Registered(EngineKind.Encoder) is { } alone ? new(alone, null, settings) : null;
        }

        if (settings is { Model: { } model, Service: not null })
        {
            problems.Add(new(model.Location, "There are both 'model' and 'service', and only one router model is asked.", "Keep one of them, or name the engine."));
            return null;
        }

        EngineKind? encoder = Find(EngineKind.Encoder, location);
        EngineKind? second = settings.Model is { } folder ? Registered(EngineKind.OnnxGenAI) ?? Find(EngineKind.RouterModel, folder.Location)
            : settings.Service is { } service ? Find(EngineKind.Remote, service.Location)
            : null;
        return encoder is null ? null : new(encoder, second, settings);
    }

    private void Check(EnginePlan plan)
    {
        EngineKind kind = plan.Second ?? plan.First;
        Model(kind);
        Service(kind);
        if (settings.Layout is { } layout)
        {
            Layout(kind, layout);
        }

        if (settings.MinimumMargin is { } margin && plan.Second is null)
        {
            Unused(kind, "minimumMargin", margin.Location, "It counts where the engine is auto and there is a 'model' or 'service' to ask.");
        }
    }

    private void Model(EngineKind kind)
    {
        if (settings.Model is { } model)
        {
            if (!kind.TakesModel)
            {
                Unused(kind, "model", model.Location, "Remove it.");
            }
            else if (!Directory.Exists(settings.Folder))
            {
                problems.Add(new(model.Location, "The model folder does not exist.", $"Looked for '{settings.Folder}'. Give a full path, or one from the current directory or the application's own folder."));
            }
        }
        else if (kind.NeedsModel)
        {
            problems.Add(new(settings.Location!, $"The engine {kind.Name} has no model.", "Write the folder of the router model into 'model'."));
        }
    }

    private void Service(EngineKind kind)
    {
        if (settings.Service is { } service)
        {
            if (!kind.NeedsService)
            {
                Unused(kind, "service", service.Location, "Remove it.");
            }
            else if (kind.HasService?.Invoke(services, service.Value) == false)
            {
                problems.Add(new(service.Location, $"No chat client is registered under '{ConfigKeys.Quotable(service.Value)}'.", "Register one with this key, or declare a target of this name with a provider."));
            }
        }
        else if (kind.NeedsService)
        {
            problems.Add(new(settings.Location!, $"The engine {kind.Name} has no service.", "Write the key of the chat client that reaches the router model into 'service'."));
        }
    }

    private void Layout(EngineKind kind, EngineSetting<string> layout)
    {
        if (kind.Layouts.Count == 0)
        {
            Unused(kind, "layout", layout.Location, "Remove it.");
        }
        else if (!kind.Layouts.Contains(layout.Value))
        {
            string guess = ConfigKeys.Nearest(layout.Value, kind.Layouts) is { } near ? $"Did you mean '{near}'? " : "";
            problems.Add(new(layout.Location, $"The prompt layout '{ConfigKeys.Quotable(layout.Value)}' is not known.", $"{guess}Known: {string.Join(", ", kind.Layouts)}."));
        }
    }

    private EngineKind? Find(string name, string location)
    {
        EngineKind? kind = Registered(name);
        if (kind is null)
        {
            problems.Add(new(location, $"The engine {name} is not part of this application.", EngineKind.WayTo(name)));
        }

        return kind;
    }

    private EngineKind? Registered(string name) => Array.Find(_kinds, kind => ConfigKeys.Same(kind.Name, name));

    private void Unused(EngineKind kind, string key, string location, string fix) =>
        problems.Add(new(location, $"The engine {kind.Name} has no use for '{key}'.", fix));
}
