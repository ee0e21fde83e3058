namespace ArchRouter.Onnx.Tests;

public sealed class DefaultSystemMessageTests
{
    private const string Loop = "{% for message in messages %}{{'<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>' + '\\n'}}{% endfor %}";

    /// <summary>As Qwen2.5 and its descendants have it: with tools, with a message of the conversation's, or with the model's own.</summary>
    private const string Qwen = """
        {%- if tools %}
            {{- '<|im_start|>system\n' }}
            {%- if messages[0]['role'] == 'system' %}{{- messages[0]['content'] }}{%- else %}{{- 'You are Custom.' }}{%- endif %}
            {{- "\n\n# Tools\n\n<tools>" }}{%- for tool in tools %}{{- tool | tojson }}{%- endfor %}{{- "\n</tools><|im_end|>\n" }}
        {%- else %}
            {%- if messages[0]['role'] == 'system' %}
                {{- '<|im_start|>system\n' + messages[0]['content'] + '<|im_end|>\n' }}
            {%- else %}
                {{- '<|im_start|>system\nYou are Custom.<|im_end|>\n' }}
            {%- endif %}
        {%- endif %}
        """;

    /// <summary>As Qwen3 has it: the conversation's own message or none.</summary>
    private const string OwnOnly = """
        {%- if tools %}
            {{- '<|im_start|>system\n' }}
            {%- if messages[0].role == 'system' %}{{- messages[0].content + '\n\n' }}{%- endif %}
            {{- "# Tools\n\n<tools>" }}{%- for tool in tools %}{{- tool | tojson }}{%- endfor %}{{- "\n</tools><|im_end|>\n" }}
        {%- else %}
            {%- if messages[0].role == 'system' %}{{- '<|im_start|>system\n' + messages[0].content + '<|im_end|>\n' }}{%- endif %}
        {%- endif %}
        """;

    /// <summary>A message that is there only with tools, and says nothing about conversations without.</summary>
    private const string Tools = "{% if tools %}{{ '<|im_start|>system\\nYou may call tools.<|im_end|>' }}{% endif %}";

    [Theory]
    [InlineData(Loop, null)]
    [InlineData(OwnOnly + Loop, null)]
    [InlineData(Qwen + Loop, "You are Custom.")]
    [InlineData("{{ '<|im_start|>system\\nYou are a helpful assistant.<|im_end|>\\n' }}" + Loop, "You are a helpful assistant.")]
    [InlineData("{{ '<|im_start|>system\nA real line break.<|im_end|>\n' }}" + Loop, "A real line break.")]
    [InlineData("{{ \"<|im_start|>system\\nDon't \\\"guess\\\".\\nEver.<|im_end|>\" }}" + Loop, "Don't \"guess\".\nEver.")]
    [InlineData("<|im_start|>system\nDon't guess.<|im_end|>\n" + Loop, "Don't guess.")]
    [InlineData("<|im_start|>system\r\nDon't guess.<|im_end|>\r\n" + Loop, "Don't guess.")]
    [InlineData("{{ '<s><|im_start|>system\n' + messages[0].content + '<|im_end|>' }}" + Loop, null)]
    public void TryFind_ReadsWhatTheTemplateAdds(string template, string? expected)
    {
        Assert.True(DefaultSystemMessage.TryFind(template, out string? system));
        Assert.Equal(expected, system);
    }

    [Theory]
    [InlineData("{% set system_message = 'You are X.' %}{{ '<|im_start|>system\\n' + system_message + '<|im_end|>\\n' }}")]
    [InlineData("{{ '<|im_start|>system\\n' + (messages[0].content if messages[0].role == 'system' else 'You are X.') + '<|im_end|>\\n' }}")]
    [InlineData("{{ '<|im_start|>system\\n' ~ messages[0].system | default('You are X.') ~ '<|im_end|>' }}")]
    [InlineData("{{ '<|im_start|>system' + '\\n' + 'You are X.' + '<|im_end|>' }}")]
    [InlineData("{% set messages = [{'role': 'system', 'content': 'You are X.'}] + messages %}")]
    [InlineData("<|im_start|>system\n{{ preamble }}<|im_end|>")]
    [InlineData("{{ '<s><|im_start|>system\n' + preamble + '<|im_end|>' }}")]
    [InlineData(Tools + "{{ '<|im_start|>system\\n' + default_prompt + '<|im_end|>' }}")]
    [InlineData(Tools + "{% if messages[0].role == 'system' %}{{ '<|im_start|>system\\n' + messages[0].content + '<|im_end|>' }}{% else %}{{ '<|im_start|>system\\n' + default_prompt + '<|im_end|>' }}{% endif %}")]
    [InlineData("{% set messages = [{'role': 'system', 'content': 'You are X.'}] + messages %}" + Tools)]
    [InlineData("{{ '<|im_start|>system\\nOne.<|im_end|>' }}{{ '<|im_start|>system\\nAnother.<|im_end|>' }}")]
    public void TryFind_DoesNotGuess(string template) => Assert.False(DefaultSystemMessage.TryFind(template + Loop, out _));
}
