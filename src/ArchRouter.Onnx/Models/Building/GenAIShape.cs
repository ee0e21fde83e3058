namespace ArchRouter.Onnx;

/// <summary>The numbers that fix a decoder's graph.</summary>
internal sealed record GenAIShape
{
    private const int MaxWidth = 1 << 24;

    /// <summary>The shape of Qwen2.5-1.5B and of models tuned from it.</summary>
    public static readonly GenAIShape Qwen25Of1500M = new()
    {
        Architecture = DecoderArchitecture.Qwen2,
        Layers = 28,
        Hidden = 1536,
        Heads = 12,
        KeyValueHeads = 2,
        HeadSize = 128,
        Intermediate = 8960,
        Vocabulary = 151_936,
        Context = 32_768,
        RopeTheta = 1_000_000,
        AttentionBias = true,
        TiedEmbeddings = true,
    };

    public required DecoderArchitecture Architecture { get; init; }

    public required int Layers { get; init; }

    public required int Hidden { get; init; }

    public required int Heads { get; init; }

    public required int KeyValueHeads { get; init; }

    public required int HeadSize { get; init; }

    /// <summary>The width of the feed-forward part.</summary>
    public required int Intermediate { get; init; }

    public required int Vocabulary { get; init; }

    /// <summary>The most tokens, which is the length of the rotary caches.</summary>
    public required int Context { get; init; }

    public double RopeTheta { get; init; } = 10_000;

    public float Epsilon { get; init; } = 1e-6f;

    /// <summary>Whether query, key and value have a bias.</summary>
    public bool AttentionBias { get; init; }

    /// <summary>Whether the output head is the embedding.</summary>
    public bool TiedEmbeddings { get; init; }

    /// <summary>What the graph is made for.</summary>
    public ModelTarget Target { get; init; }

    /// <summary>Whether the graph gives logits of the last token only. A router asks for no others, and each costs a product with the whole vocabulary.</summary>
    public bool LastLogitsOnly { get; init; }

    /// <summary>The element type of activations, keys and values, and of all weights but the codes.</summary>
    public OnnxType Real => Target == ModelTarget.DirectML ? OnnxType.Float16 : OnnxType.Float;

    /// <summary>Whether head and embedding are kept once. DirectML has no kernel for the operator that looks embeddings up in the head's code.</summary>
    public bool SharesEmbedding => TiedEmbeddings && Target == ModelTarget.Cpu;

    public int QueryWidth => Heads * HeadSize;

    public int KeyValueWidth => KeyValueHeads * HeadSize;

    /// <summary>Why no graph can be built from these numbers; <see langword="null"/> if one can.</summary>
    public string? Problem() => this switch
    {
        { Layers: < 1 } or { Hidden: < 1 } or { Heads: < 1 } or { KeyValueHeads: < 1 } or { HeadSize: < 1 } or { Intermediate: < 1 } or { Vocabulary: < 1 } or { Context: < 1 }
            => "every size must be at least 1",
        _ when Heads % KeyValueHeads != 0 => $"{Heads} attention heads cannot share {KeyValueHeads} key-value heads",

        _ when (long)Heads * HeadSize > MaxWidth => $"{Heads} heads of {HeadSize} are wider than {MaxWidth}",

        // The kernel rotates eight elements at a time.
        _ when HeadSize % 16 != 0 => $"a head of {HeadSize} is not a multiple of 16",
        _ when Hidden % Int4Block.Size != 0 || Intermediate % Int4Block.Size != 0 || QueryWidth % Int4Block.Size != 0
            => $"hidden size {Hidden}, attention width {QueryWidth} and feed-forward width {Intermediate} must be multiples of the block of {Int4Block.Size}",
        _ => null,
    };
}
