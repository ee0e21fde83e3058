#!/usr/bin/env dotnet
#:project ../../src/ArchRouter.SK
// Made from notebooks/03-bring-your-own-arch-router.ipynb; change the notebook, not this file. notebooks/README.md says how.

using System.Text.Json.Nodes;
using ArchRouter;
using ArchRouter.Onnx;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;

// # Bring your own Arch-Router
//
// The bundled encoder decides in milliseconds. Where it is not sure, a router LLM such as Arch-Router-1.5B can be asked. Its licence does not let others ship
// it, so you bring a folder: fetch [katanemo/Arch-Router-1.5B](https://huggingface.co/katanemo/Arch-Router-1.5B), read its licence, convert it once as below, and name the
// result in the environment variable `ARCHROUTER_MODEL_FOLDER`.
//
// Without one, this notebook makes a tiny model with random weights, so that every cell runs. **What such a model chooses means nothing**; how it is converted,
// loaded and asked is the real thing.

string? folder = Environment.GetEnvironmentVariable("ARCHROUTER_MODEL_FOLDER");
bool random = folder is null;
string work = Path.Combine(Path.GetTempPath(), "archrouter-" + Path.GetRandomFileName());
Console.WriteLine(random ? "No folder given: a model of random weights is made." : "A folder is given.");

// ## A checkpoint in the form of Hugging Face
//
// `config.json`, the tokenizer and the weights in `model.safetensors`, as in the folder that you fetch; here of one layer and 64 numbers a token, at random.
string checkpoint = Path.Combine(work, "checkpoint");

void WriteCheckpoint()
{
    const int Hidden = 64, Inner = 128, Vocabulary = 259;
    Directory.CreateDirectory(checkpoint);
    JsonObject config = new()
    {
        ["model_type"] = "qwen2", ["architectures"] = new JsonArray("Qwen2ForCausalLM"), ["hidden_size"] = Hidden, ["intermediate_size"] = Inner,
        ["num_hidden_layers"] = 1, ["num_attention_heads"] = 2, ["num_key_value_heads"] = 2, ["vocab_size"] = Vocabulary, ["max_position_embeddings"] = 4096,
        ["rms_norm_eps"] = 1e-6, ["rope_theta"] = 1_000_000, ["hidden_act"] = "silu", ["tie_word_embeddings"] = false,
        ["bos_token_id"] = 256, ["eos_token_id"] = 258, ["pad_token_id"] = 256,
    };
    File.WriteAllText(Path.Combine(checkpoint, "config.json"), config.ToJsonString());

    Dictionary<string, int[]> shapes = new()
    {
        ["model.embed_tokens.weight"] = [Vocabulary, Hidden], ["lm_head.weight"] = [Vocabulary, Hidden], ["model.norm.weight"] = [Hidden],
        ["model.layers.0.input_layernorm.weight"] = [Hidden], ["model.layers.0.post_attention_layernorm.weight"] = [Hidden],
        ["model.layers.0.self_attn.o_proj.weight"] = [Hidden, Hidden], ["model.layers.0.mlp.gate_proj.weight"] = [Inner, Hidden],
        ["model.layers.0.mlp.up_proj.weight"] = [Inner, Hidden], ["model.layers.0.mlp.down_proj.weight"] = [Hidden, Inner],
    };
    foreach (string part in new[] { "q", "k", "v" })
    {
        shapes[$"model.layers.0.self_attn.{part}_proj.weight"] = [Hidden, Hidden];
        shapes[$"model.layers.0.self_attn.{part}_proj.bias"] = [Hidden];
    }

    Random numbers = new(1);
    JsonObject table = new();
    using MemoryStream weights = new();
    foreach ((string name, int[] shape) in shapes)
    {
        long begin = weights.Length;
        for (int i = 0; i < shape.Aggregate((a, b) => a * b); i++)
        {
            weights.Write(BitConverter.GetBytes((float)(numbers.NextDouble() - 0.5) / 4));
        }

        table[name] = new JsonObject { ["dtype"] = "F32", ["shape"] = new JsonArray([.. shape.Select(n => (JsonNode)n)]), ["data_offsets"] = new JsonArray(begin, weights.Length) };
    }

    byte[] header = System.Text.Encoding.UTF8.GetBytes(table.ToJsonString());
    File.WriteAllBytes(Path.Combine(checkpoint, "model.safetensors"), [.. BitConverter.GetBytes((long)header.Length), .. header, .. weights.ToArray()]);
}

if (random)
{
    WriteCheckpoint();
    Console.WriteLine($"config.json and model.safetensors ({new FileInfo(Path.Combine(checkpoint, "model.safetensors")).Length} bytes)");
}

// ## Its tokenizer
//
// A byte-level vocabulary without merges: one token a byte, and the three special tokens of ChatML.
void WriteTokenizer()
{
    // Byte-level tokenizers write each byte as a printable character; those that are none are moved up behind 255.
    JsonObject vocabulary = new();
    int moved = 0;
    for (int b = 0; b < 256; b++)
    {
        bool printable = b is (>= '!' and <= '~') or (>= 0xA1 and <= 0xAC) or (>= 0xAE and <= 0xFF);
        vocabulary[((char)(printable ? b : 256 + moved++)).ToString()] = b;
    }

    JsonObject Special(int id, string text) => new() { ["id"] = id, ["content"] = text, ["single_word"] = false, ["lstrip"] = false, ["rstrip"] = false, ["normalized"] = false, ["special"] = true };
    JsonObject tokenizer = new()
    {
        ["version"] = "1.0",
        ["added_tokens"] = new JsonArray(Special(256, "<|endoftext|>"), Special(257, "<|im_start|>"), Special(258, "<|im_end|>")),
        ["normalizer"] = new JsonObject { ["type"] = "NFC" },
        ["pre_tokenizer"] = new JsonObject
        {
            ["type"] = "Sequence",
            ["pretokenizers"] = new JsonArray(
                new JsonObject
                {
                    ["type"] = "Split", ["behavior"] = "Isolated", ["invert"] = false,
                    ["pattern"] = new JsonObject { ["Regex"] = @"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+" },
                },
                new JsonObject { ["type"] = "ByteLevel", ["add_prefix_space"] = false, ["trim_offsets"] = true, ["use_regex"] = false }),
        },
        ["decoder"] = new JsonObject { ["type"] = "ByteLevel", ["add_prefix_space"] = true, ["trim_offsets"] = true, ["use_regex"] = true },
        ["model"] = new JsonObject { ["type"] = "BPE", ["vocab"] = vocabulary, ["merges"] = new JsonArray() },
    };
    File.WriteAllText(Path.Combine(checkpoint, "tokenizer.json"), tokenizer.ToJsonString());
    JsonObject settings = new()
    {
        ["tokenizer_class"] = "Qwen2Tokenizer", ["eos_token"] = "<|im_end|>", ["pad_token"] = "<|endoftext|>",
        ["chat_template"] = "{% for message in messages %}{{'<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>' + '\n'}}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}",
    };
    File.WriteAllText(Path.Combine(checkpoint, "tokenizer_config.json"), settings.ToJsonString());
}

if (random)
{
    WriteTokenizer();
}

// ## Convert it
//
// Once a model, piece by piece in some tens of megabytes of memory: weights of 32 or 16 bits become 4 bits. A folder made by the onnxruntime-genai model builder
// does as well.
if (random)
{
    folder = Path.Combine(work, "converted");
    await ModelConverter.ConvertAsync(checkpoint, folder);
}

Console.WriteLine(string.Join(", ", Directory.GetFiles(folder!).Select(Path.GetFileName).Where(name => name!.StartsWith("genai") || name.StartsWith("model") || name == "tokenizer.json").Order()));

// ## Ask it
//
// The layout is the form of prompt that the model was trained on; Arch-Router's is `arch-router-card`. Decoding can only spell a declared name or `other`, and every one of them gets a
// probability. The policies stay read, so the second request reads the conversation only.
RouteTable routes = RouteTable.Create(r => r
    .Route("code_generation", "Writing new functions, classes, scripts or tests from a description", to: "strong")
    .Route("code_understanding", "Explaining, summarising or answering questions about existing code", to: "fast")
    .Route("translation", "Translating a text from one language into another", to: "fast")
    .Fallback("fast"));
DecoderRouterEngine model = DecoderRouterEngine.Load(folder!, new DecoderOptions { Layout = "arch-router-card", IntraOpThreads = 1 });
PreferenceRouter alone = new(new RouteTables(routes), model, new RouterOptions { Deadline = System.Threading.Timeout.InfiniteTimeSpan });
RouteContext Ask(string text) => new() { Conversation = new ConversationWindow([new(ConversationRole.User, text)]) };
foreach (string request in new[] { "Write a function that reverses a list.", "Good morning!" })
{
    RoutingDecision decision = await alone.RouteAsync(Ask(request));
    string answer = random ? "(chosen at random)" : decision.Reason;
    Console.WriteLine($"{decision.Tier}: {decision.Alternatives.Count} answers, probabilities that add up to {decision.Alternatives.Sum(a => a.Probability):0.0}  {answer}");
}

// ## Only where the encoder is not clear
//
// The encoder answers first. Its margin is how far its best answer is ahead of the next; where that is below `MinimumMargin`, the router LLM is asked, and if it is
// late, busy or broken, the encoder's answer stands.
EncoderRouterEngine encoder = EncoderRouterEngine.LoadBundled();
CascadeRouterEngine cascade = new(encoder, model, new CascadeRouterOptions { SecondDeadline = System.Threading.Timeout.InfiniteTimeSpan });
PreferenceRouter both = new(new RouteTables(routes), cascade, new RouterOptions { Deadline = System.Threading.Timeout.InfiniteTimeSpan });
foreach (string request in new[] { "Translate 'good evening' into French.", "Write a function that reverses a list.", "Is this loop right?" })
{
    RoutingDecision decision = await both.RouteAsync(Ask(request));
    Console.WriteLine($"{decision.Cascade!.Outcome,-9} encoder's margin {decision.Cascade.FirstMargin:0.00}  {request}");
}

// ## In an application
//
// The same with a kernel. A processor alone reads a model of 1.5 billion parameters slowly; give the decision the time that your machine needs, or put the
// model on a GPU (`UseOnnxGenAI`) or on a server (`UseRemoteRouter`).
IKernelBuilder builder = Kernel.CreateBuilder();
builder.AddArchRouterSelector(
    r => r.Route("code_generation", "Writing new functions, classes, scripts or tests from a description", to: "strong").Fallback("fast"),
    router => router.UseEncoder()
        .EscalateTo(second => second.UseRouterModel(folder!, options => options.Layout = "arch-router-card"), options => options.SecondDeadline = TimeSpan.FromSeconds(1))
        .Configure(options => options.Deadline = TimeSpan.FromSeconds(2)));
Kernel kernel = builder.Build();
Console.WriteLine(kernel.GetRequiredService<IRouterEngine>().GetType().Name);

// ## Tidy up
cascade.Dispose();
((IDisposable)kernel.Services).Dispose();
if (random)
{
    Directory.Delete(work, recursive: true);
}

/// <summary>What a notebook shows in place, written to a file here.</summary>
internal static class NotebookDisplay
{
    private static int s_pictures;

    public static void DisplayAs(this string content, string mimeType)
    {
        string file = Path.Combine(Path.GetTempPath(), $"archrouter-03-bring-your-own-arch-router-{++s_pictures}.svg");
        File.WriteAllText(file, content);
        Console.WriteLine($"{mimeType}: {file}");
    }
}
