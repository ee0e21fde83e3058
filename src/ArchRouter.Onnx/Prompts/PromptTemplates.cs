namespace ArchRouter.Onnx;

/// <summary>The fixed texts of the published protocols, byte for byte; the models were trained on exactly these, misspellings included.</summary>
/// <remarks>The model card's are in <see cref="ArchRouterCard"/>, which the remote engine uses too.</remarks>
internal static class PromptTemplates
{
    public const string GatewayHead =
        "\n"
        + "You are a helpful assistant designed to find the best suited route.\n"
        + "You are provided with route description within <routes></routes> XML tags:\n"
        + "<routes>\n";

    public const string GatewayMiddle =
        "\n"
        + "</routes>\n"
        + "\n"
        + "<conversation>\n";

    public const string GatewayInstructions =
        "</conversation>\n"
        + "\n"
        + "Your task is to decide which route is best suit with user intent on the conversation in <conversation></conversation> XML tags.  Follow the instruction:\n"
        + "1. If the latest intent from user is irrelevant or user intent is full filled, response with other route {\"route\": \"other\"}.\n"
        + "2. You must analyze the route descriptions and find the best match route for user latest intent.\n"
        + "3. You only response the name of the route that best matches the user's request, use the exact name in the <routes></routes>.\n"
        + "\n"
        + "Based on your analysis, provide your response in the following JSON formats if you decide to match any route:\n"
        + "{\"route\": \"route_name\"}\n";

    public const string OrchestratorHead =
        "\n"
        + "You are a helpful assistant that selects the most suitable routes based on user intent.\n"
        + "You are provided with a list of available routes enclosed within <routes></routes> XML tags:\n"
        + "<routes>\n";

    public const string OrchestratorMiddle =
        "\n"
        + "</routes>\n"
        + "\n"
        + "You are also given the conversation context enclosed within <conversation></conversation> XML tags:\n"
        + "<conversation>\n";

    public const string OrchestratorInstructions =
        "</conversation>\n"
        + "\n"
        + "## Instructions\n"
        + "1. Analyze the latest user intent from the conversation.\n"
        + "2. Compare it against the available routes to find which routes can help fulfill the request.\n"
        + "3. Respond only with the exact route names from <routes>.\n"
        + "4. If no routes can help or the intent is already fulfilled, return an empty list.\n"
        + "\n"
        + "## Response Format\n"
        + "Return your answer strictly in JSON as follows:\n"
        + "{{\"route\": [\"route_name_1\", \"route_name_2\", \"...\"]}}\n"
        + "If no routes are needed, return an empty list for `route`.\n";
}
