namespace ArchRouter;

/// <summary>A thread-safe cache with a bound; the entry used longest ago makes room.</summary>
internal sealed class BoundedCache<TKey, TValue>(int capacity)
    where TKey : notnull
{
    private readonly Lock _lock = new();
    private readonly Dictionary<TKey, LinkedListNode<KeyValuePair<TKey, TValue>>> _entries = [];
    private readonly LinkedList<KeyValuePair<TKey, TValue>> _byUse = new();

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _entries.Count;
            }
        }
    }

    public bool TryGet(TKey key, [System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out TValue value)
    {
        lock (_lock)
        {
            if (_entries.TryGetValue(key, out LinkedListNode<KeyValuePair<TKey, TValue>>? node))
            {
                _byUse.Remove(node);
                _byUse.AddFirst(node);
                value = node.Value.Value;
                return true;
            }
        }

        value = default;
        return false;
    }

    public void Set(TKey key, TValue value)
    {
        lock (_lock)
        {
            SetUnderLock(key, value);
        }
    }

    /// <summary>The value of a key; <paramref name="make"/> runs under the lock and must be cheap.</summary>
    public TValue GetOrAdd(TKey key, Func<TKey, TValue> make)
    {
        lock (_lock)
        {
            if (TryGet(key, out TValue? value))
            {
                return value;
            }

            value = make(key);
            SetUnderLock(key, value);
            return value;
        }
    }

    /// <summary>Removes a key if it still has this value.</summary>
    public void Remove(TKey key, TValue value)
    {
        lock (_lock)
        {
            if (_entries.TryGetValue(key, out LinkedListNode<KeyValuePair<TKey, TValue>>? node)
                && EqualityComparer<TValue>.Default.Equals(node.Value.Value, value))
            {
                _entries.Remove(key);
                _byUse.Remove(node);
            }
        }
    }

    private void SetUnderLock(TKey key, TValue value)
    {
        if (capacity <= 0)
        {
            return;
        }

        if (_entries.Remove(key, out LinkedListNode<KeyValuePair<TKey, TValue>>? old))
        {
            _byUse.Remove(old);
        }
        else if (_entries.Count >= capacity && _byUse.Last is { } last)
        {
            _entries.Remove(last.Value.Key);
            _byUse.RemoveLast();
        }

        _entries.Add(key, _byUse.AddFirst(new KeyValuePair<TKey, TValue>(key, value)));
    }
}
