using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Throughline.Dashboard.Internal.Shell;

/// <summary>Components as text, for one request.</summary>
internal sealed class Html(IServiceProvider services) : IAsyncDisposable
{
    private readonly HtmlRenderer _renderer = new(services, services.GetRequiredService<ILoggerFactory>());

    public async Task<string> OfAsync(Type component, params IEnumerable<KeyValuePair<string, object?>> parameters)
    {
        var view = ParameterView.FromDictionary(new Dictionary<string, object?>(parameters, StringComparer.Ordinal));
        var root = await _renderer.Dispatcher.InvokeAsync(() => _renderer.RenderComponentAsync(component, view)).ConfigureAwait(false);
        return await _renderer.Dispatcher.InvokeAsync(root.ToHtmlString).ConfigureAwait(false);
    }

    public ValueTask DisposeAsync() => _renderer.DisposeAsync();
}
